import { rangesText, rangesWhere } from './address-ranges';
import type { ExposureChange } from './exposure-change';
import type { RestRoute } from './rest-routes';

/** Who may call the methods of REST APIs, and from where. */
export function routeExposure(
  stackId: string,
  base: readonly RestRoute[],
  head: readonly RestRoute[],
): readonly ExposureChange[] {
  const before = new Map(base.map((route) => [route.id, route]));
  return head.flatMap((route): readonly ExposureChange[] => {
    const old = before.get(route.id);
    const change = old ? routeChange(old, route) : newRoute(route);
    if (change.opened.length + change.closed.length === 0) return [];
    return [{ stackId, what: [`${route.name} of API ${route.api}`], isNew: !old, ...change }];
  });
}

type Opening = Pick<ExposureChange, 'opened' | 'closed'>;

function newRoute({ authorization, needsKey, letsIn, named }: RestRoute): Opening {
  if (authorization !== 'NONE') return { opened: [], closed: [] };
  return {
    opened: [
      ...(letsIn
        ? rangesText(rangesWhere(named, letsIn), named)
        : ['addresses that depend on its resource policy, which is not known here']),
      needsKey ? 'authorization NONE, with an API key' : 'authorization NONE',
    ],
    closed: [],
  };
}

function routeChange(base: RestRoute, head: RestRoute): Opening {
  const named = [...base.named, ...head.named];
  const [was, is] = [base.letsIn, head.letsIn];
  const ranges = (holds: (address: string) => boolean, whose: readonly string[]) =>
    rangesText(rangesWhere(named, holds), whose);
  const authorization = [
    `authorization ${head.authorization} instead of ${base.authorization}`,
    ...(head.signers.length > 0 ? [`${signedBy(head.signers).join(' or ')} alone`] : []),
  ].join(': ');
  const isOther = base.authorization !== head.authorization;
  return {
    opened: [
      ...(was && is ? ranges((address) => is(address) && !was(address), head.named) : []),
      ...(isOther && base.authorization !== 'NONE' ? [authorization] : []),
      ...(isOther ? [] : signedBy(others(head.signers, base.signers))),
      ...(base.needsKey && !head.needsKey ? ['no API key is asked for any more'] : []),
    ],
    closed: [
      ...(was && is ? ranges((address) => was(address) && !is(address), base.named) : []),
      ...(isOther && base.authorization === 'NONE' ? [authorization] : []),
      ...(isOther ? [] : signedBy(others(base.signers, head.signers))),
      ...(!base.needsKey && head.needsKey ? ['an API key is asked for'] : []),
    ],
  };
}

const others = (of: readonly string[], than: readonly string[]) => of.filter((one) => !than.includes(one));

const signedBy = (roles: readonly string[]) => roles.map((arn) => `requests signed by ${arn}`);
