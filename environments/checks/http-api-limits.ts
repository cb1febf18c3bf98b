import { below, type Check } from './check';

/**
 * What a REST API does and an HTTP API does not, by the setting that asks for it there.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html
 */
const withoutResourcePolicy =
  'cannot be had of an HTTP API, which has no resource policy: receive the callback with callbackReceiver, or let callers prove who they are with jwt';
const withoutValidation =
  'cannot be had of an HTTP API, which validates no bodies: receive the callback with callbackReceiver, or let the consumer validate';
const withoutContentTypes =
  'cannot be had of an HTTP API, which takes bodies of every content type: receive the callback with callbackReceiver';

const refusedCallbackSettings = {
  allowList: withoutResourcePolicy,
  schema: withoutValidation,
  contentTypes: withoutContentTypes,
  binaryContentTypes: withoutContentTypes,
  authorization:
    'cannot be had here: a signature over the body needs a receiver that hands out its digest, and AWS_IAM is for callers with AWS credentials: use jwt, or receive the callback with callbackReceiver',
  apiKey:
    'cannot be had of an HTTP API, which has neither API keys nor usage plans: use jwt, or receive the callback with callbackReceiver',
  headerAttributes:
    'cannot be had of an HTTP API: it is not documented whether a header is escaped on its way into the attributes, so a caller might write attributes of its own: receive the callback with callbackReceiver',
  response:
    'cannot be had of an HTTP API, which passes on the answer of SQS as it is: receive the callback with callbackReceiver',
};

const refusedSettings = {
  webAclArn:
    'cannot be had of an HTTP API, to which WAF does not attach: use callbackReceiver, or put CloudFront with a web ACL in front',
  privateEndpoint: 'cannot be had of an HTTP API, which is always on the internet: use callbackReceiver',
};

/** Says of settings that only REST APIs have why they are none here, and what to do instead. */
const explained =
  (reasons: Readonly<Record<string, string>>) =>
  (check: Check): Check =>
  (value, field) =>
    check(value, field).map((problem) => {
      const setting = Object.keys(reasons).find((key) => problem.field === below(field, key));
      return setting === undefined ? problem : { ...problem, rule: reasons[setting] ?? problem.rule };
    });

/** Of a receiver. */
export const restOnly = explained(refusedSettings);

/** Of one callback. */
export const restOnlyCallback = explained(refusedCallbackSettings);
