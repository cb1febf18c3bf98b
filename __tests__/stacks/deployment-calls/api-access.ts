import { type Access, type AccessOf, ask, bucketArn, logDelivery, region, roleArn } from './ask';
import { webAclArn } from './environments';

/** What requests of API Gateway make that has tags. */
const made = /\/(apis|restapis|stages|domainnames|apikeys|usageplans)$/;

/** All parts of a REST API and of a usage plan have its tags, of another API only its stages. */
const hasTags =
  /^(\/restapis\/|\/v2\/apis\/\{id\}(\/stages\/.*)?$|\/v2\/domainnames\/[^/]+$|\/(apikeys|usageplans)\/)/;

export const apiGateway: AccessOf = ({ on, tagged, environment, operation, truststore }) => {
  const [verb = '', path = ''] = on.split(' ');
  const resource = `arn:aws:apigateway:${region}::${path.replace(/^\/v2/, '')}`;
  const making = verb === 'POST' && made.test(path);
  const ofEnvironment = { 'aws:ResourceTag/environment': environment };
  const context = {
    ...(hasTags.test(path) && ofEnvironment),
    ...(making && tagged && { 'aws:RequestTag/environment': environment }),
  };
  const tags = `arn:aws:apigateway:${region}::/tags/arn%3Aaws%3Aapigateway`;
  return [
    ask(`apigateway:${verb}`, resource, context),
    // Which of these AWS asks for is not documented, nor whether it does of tags that are set later.
    ...(making && tagged
      ? [
          ask('apigateway:PUT', tags),
          ask('apigateway:POST', tags),
          ask('apigateway:TagResource', resource, context),
        ]
      : []),
    ...(operation.endsWith('.TagResource')
      ? [ask('apigateway:TagResource', taggedBy(path), ofEnvironment)]
      : []),
    ...(operation === 'APIGateway.UpdateRestApi'
      ? [ask('apigateway:UpdateRestApiPolicy', resource, context)]
      : []),
    ...(/^ApiGatewayV2\.(Create|Update|Delete)Stage$/.test(operation) ? logDelivery : []),
    ...(operation === 'ApiGatewayV2.CreateDomainName' ? [ownRole] : []),
    ...(truststore
      ? ['s3:GetObject', 's3:GetObjectVersion'].map((action) => ask(action, bucketArn(truststore)))
      : []),
  ];
};

/** What a path of tags is of: `/tags/arn:…`. */
const taggedBy = (path: string) => path.replace(/^(\/v2)?\/tags\//, '');

/** As the first domain of the account is made. https://docs.aws.amazon.com/apigateway/latest/developerguide/using-service-linked-roles.html */
const ownRole: Access = ask(
  'iam:CreateServiceLinkedRole',
  roleArn('aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway'),
  { 'iam:AWSServiceName': 'ops.apigateway.amazonaws.com' },
);

/** WAF asks for the stage and for the web ACL, and has API Gateway put the one before the other. */
export const webAcl: AccessOf = ({ method, on, environment }) => {
  const tag = { 'aws:ResourceTag/environment': environment };
  return [
    ask(`wafv2:${method}`, on),
    ...(method === 'GetWebACLForResource' ? [ask('wafv2:GetWebACL', webAclArn)] : []),
    ...(method === 'AssociateWebACL' ? [ask('wafv2:AssociateWebACL', webAclArn)] : []),
    ...(/ssociateWebACL$/.test(method) ? [ask('apigateway:SetWebACL', on, tag)] : []),
  ];
};
