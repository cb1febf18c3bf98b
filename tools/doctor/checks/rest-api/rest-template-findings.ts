import type { Integration } from '@aws-sdk/client-api-gateway';
import { unknownOperation } from './rest-answers';
import { answersItself, type Circumstances, type Part, seenAt } from './rest-circumstances';
import type { SynthesizedIntegration } from './rest-integration-plan';
import type { SynthesizedRoute } from './rest-plan';
import { templateFaults } from './rest-template';

/** What an integration's mapping templates do otherwise; one fault that several content types have is one. */
export function templateFindings(
  route: SynthesizedRoute,
  { requestTemplates, passthroughBehavior }: SynthesizedIntegration,
  deployed: Integration,
  circumstances: Circumstances,
): readonly Part[] {
  const there = new Map(Object.entries(deployed.requestTemplates ?? {}));
  const { callers, consumers, fifo, refused } = seenAt(route, circumstances);
  const unsupported = answersItself(circumstances, 'UNSUPPORTED_MEDIA_TYPE');
  const passed = (deployed.passthroughBehavior ?? passthroughBehavior) !== 'NEVER';
  const types = (templates: ReadonlyMap<string, string>) => [...templates.keys()].sort().join(', ') || 'none';
  const told = [...requestTemplates].flatMap(([type, template]) => {
    const other = there.get(type);
    if (other === undefined) {
      return [
        {
          type,
          told: {
            code: 'integration-template-missing',
            severity: 'error' as const,
            problem: `it has no mapping template for ${type}`,
            synthesized: types(requestTemplates),
            deployed: types(there),
            seen: passed
              ? refused(unknownOperation)
              : `${callers} that send ${type} get ${unsupported}, and nothing is queued`,
          },
        },
      ];
    }
    return templateFaults(template, other, { callers, consumers, fifo }).map(({ sees, ...fault }) => ({
      type,
      told: { ...fault, seen: 'error' in sees ? refused(sees.error, sees.why) : sees.consequence },
    }));
  });
  const extra = [...there.keys()].filter((type) => !requestTemplates.has(type));
  return [
    ...together(told, requestTemplates.size),
    ...(extra.length > 0
      ? [
          {
            code: 'integration-template-extra',
            severity: 'warning' as const,
            problem: `it also has a mapping template for ${extra.join(', ')}`,
            synthesized: types(requestTemplates),
            deployed: types(there),
            seen:
              `bodies of ${extra.join(', ')} are queued where they got ${unsupported}; no model checks ` +
              'them',
          },
        ]
      : []),
  ];
}

interface OfType {
  readonly type: string;
  readonly told: Part;
}

function together(all: readonly OfType[], count: number): readonly Part[] {
  const same = new Map<string, { readonly types: string[]; readonly told: Part }>();
  for (const { type, told } of all) {
    const key = JSON.stringify(told);
    const known = same.get(key);
    if (known) known.types.push(type);
    else same.set(key, { types: [type], told });
  }
  return [...same.values()].map(({ types, told }) => ({
    ...told,
    // Where there is one template alone, there is no need to say which.
    problem:
      count > 1 && told.code !== 'integration-template-missing'
        ? `${told.problem} (${types.join(', ')})`
        : told.problem,
  }));
}
