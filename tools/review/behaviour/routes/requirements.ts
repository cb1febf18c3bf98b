import { type Finding, inSentence, notice, type Subject } from '../notice';
import type { Route } from '../read/rest-api';

/** What a request needs, or no longer needs, to be let through. */
export const requirementFindings = (subject: Subject, base: Route, head: Route): readonly Finding[] => [
  ...authorizationFindings(subject, base, head),
  ...parameterFindings(subject, base, head),
  ...contentTypeFindings(subject, base, head),
];

interface Authorized {
  readonly authorization: string;
  readonly apiKeyRequired: boolean;
}

/** Also of WebSocket routes. What is opened is told among the permissions. */
export function authorizationFindings(
  subject: Subject,
  base: Authorized,
  head: Authorized,
  audience: 'callers' | 'clients' = 'callers',
): readonly Finding[] {
  const findings: Finding[] = [];
  if (base.authorization !== head.authorization) {
    const text = `authorization is ${head.authorization}, was ${base.authorization}`;
    findings.push(
      head.authorization === 'NONE'
        ? notice(audience, subject, undefined, text)
        : notice(audience, subject, 'attention', `${text}: requests without it are refused from now on`),
    );
  }
  if (base.apiKeyRequired !== head.apiKeyRequired) {
    findings.push(
      head.apiKeyRequired
        ? notice(audience, subject, 'attention', 'an API key is required from now on (403 without one)')
        : notice(audience, subject, undefined, 'no API key is required any longer'),
    );
  }
  return findings;
}

function parameterFindings(subject: Subject, base: Route, head: Route): readonly Finding[] {
  const [was, is] = [requiredOf(base), requiredOf(head)];
  const more = is.filter((name) => !was.includes(name));
  const less = was.filter((name) => !is.includes(name));
  return [
    ...(more.length > 0
      ? [
          notice(
            'callers',
            subject,
            'attention',
            `requests without ${inSentence(more)} are refused from now on (400)`,
          ),
        ]
      : []),
    ...(less.length > 0
      ? [notice('callers', subject, undefined, `${inSentence(less)} may be left out from now on`)]
      : []),
  ];
}

/** `the header X-Signature`; names of headers have no case. */
function requiredOf({ parameters, validatesParameters }: Route): readonly string[] {
  if (!validatesParameters) return [];
  return [...parameters]
    .filter(([, required]) => required)
    .map(([parameter]) => {
      const [, , place, ...name] = parameter.split('.');
      const kind = place === 'querystring' ? 'query string parameter' : place;
      return `the ${kind} ${name.join('.')}`;
    });
}

function contentTypeFindings(subject: Subject, base: Route, head: Route): readonly Finding[] {
  if (!base.integration || !head.integration) return [];
  const [was, is] = [base.integration, head.integration];
  const findings: Finding[] = [];
  if (was.passesOthers !== is.passesOthers) {
    findings.push(
      is.passesOthers
        ? notice(
            'callers',
            subject,
            'attention',
            'bodies of content types without a mapping template go to SQS as they are, were refused with 415: ' +
              'whoever calls decides on the action and its fields',
          )
        : notice(
            'callers',
            subject,
            'attention',
            'bodies of content types without a mapping template are refused from now on (415)',
          ),
    );
  }
  const types = (of: typeof was) => [...of.templates.keys()];
  const less = types(was).filter((type) => !is.templates.has(type));
  const more = types(is).filter((type) => !was.templates.has(type));
  if (less.length > 0 && !is.passesOthers) {
    const text = `bodies of ${inSentence(less)} are refused from now on (415)`;
    findings.push(notice('callers', subject, 'attention', text));
  }
  if (more.length > 0) {
    findings.push(
      notice('callers', subject, undefined, `bodies of ${inSentence(more)} are taken from now on`),
    );
  }
  return findings;
}
