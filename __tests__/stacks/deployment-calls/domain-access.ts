import { type AccessOf, arn, ask, inEnvironment } from './ask';

/** Certificates: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscertificatemanager.html */
export const certificate: AccessOf = ({ method, on, environment, tagged }) => {
  if (method === 'RequestCertificate') {
    const requested = { 'aws:RequestTag/environment': environment };
    return [
      ask('acm:RequestCertificate', '*', { ...requested, 'acm:DomainNames': [on] }),
      ...(tagged ? [ask('acm:AddTagsToCertificate', arn('acm', 'certificate/{id}'), requested)] : []),
    ];
  }
  return [ask(`acm:${method}`, on, { 'aws:ResourceTag/environment': environment })];
};

/** Zones and their records: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-conditions-route53.html */
export const records: AccessOf = ({ method, on, environment, records: names = [] }) => {
  const [, resource = ''] = /^\w+ \/2013-04-01\/((?:hostedzone|change)\/[^/]+)/.exec(on) ?? [];
  return [
    ask(`route53:${method}`, `arn:aws:route53:::${resource}`, {
      ...(method === 'ChangeResourceRecordSets' && {
        'route53:ChangeResourceRecordSetsNormalizedRecordNames': names.map((name) =>
          inEnvironment(name, environment),
        ),
      }),
    }),
  ];
};
