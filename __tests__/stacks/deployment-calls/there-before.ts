import type { Asked } from './answer';
import { hostedZoneId, recordedEnvironment, webAclArn } from './environments';

/** What the settings name by an id, and moto gives one of its own. */
export interface ThereBefore {
  /** The request with moto's ids. */
  asked<T extends Asked>(request: T): T;
  /** The text with those of the settings. */
  answered(text: string): string;
}

const { region } = recordedEnvironment;

/** Makes the zone of the domains and the web ACL, which an environment does not make. */
export async function makeWhatIsThereBefore(moto: string): Promise<ThereBefore> {
  const zone = await ask(moto, 'route53', {
    path: '/2013-04-01/hostedzone',
    body: '<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>example.com</Name><CallerReference>1</CallerReference></CreateHostedZoneRequest>',
  });
  const acl = await ask(moto, 'wafv2', {
    path: '/',
    target: 'AWSWAF_20190729.CreateWebACL',
    body: JSON.stringify({
      Name: 'callers',
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      VisibilityConfig: {
        SampledRequestsEnabled: false,
        CloudWatchMetricsEnabled: false,
        MetricName: 'callers',
      },
    }),
  });
  const ids = [
    [hostedZoneId, found(/<Id>\/hostedzone\/(\w+)<\/Id>/, zone)],
    [webAclArn, found(/"ARN": *"([^"]+)"/, acl)],
  ] as const;
  const replaced = (text: string, from: 0 | 1) =>
    ids.reduce((result, pair) => result.replaceAll(pair[from], pair[1 - from] ?? ''), text);
  return {
    asked: (request) => ({ ...request, url: replaced(request.url, 0), body: replaced(request.body, 0) }),
    answered: (text) => replaced(text, 1),
  };
}

function found(pattern: RegExp, answer: string): string {
  const [, id] = pattern.exec(answer) ?? [];
  if (id === undefined) throw new Error(`moto made none: ${answer}`);
  return id;
}

/** A request of which moto is told whose service it is for, as a signature tells it. */
async function ask(
  moto: string,
  service: string,
  { path, target, body }: { readonly path: string; readonly target?: string; readonly body: string },
): Promise<string> {
  const answer = await fetch(`${moto}${path}`, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=testing/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=none`,
      host: `${service}.${region}.amazonaws.com`,
      ...(target && { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target }),
    },
    body,
  });
  return answer.text();
}
