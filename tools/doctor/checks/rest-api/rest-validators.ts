import type { Method, RequestValidator } from '@aws-sdk/client-api-gateway';
import type { Finding } from '../../finding';
import {
  answersItself,
  type Circumstances,
  callersOf,
  finding,
  type Part,
  seenAt,
} from './rest-circumstances';
import type { SynthesizedRoute, SynthesizedValidator } from './rest-plan';

const checks = ({ validatesBody, validatesParameters }: Validates) =>
  `body ${validatesBody ? 'checked' : 'unchecked'}, parameters ` +
  `${validatesParameters ? 'checked' : 'unchecked'}`;

type Validates = Pick<SynthesizedValidator, 'validatesBody' | 'validatesParameters'>;

const validates = (validator: RequestValidator | undefined): Validates => ({
  validatesBody: validator?.validateRequestBody ?? false,
  validatesParameters: validator?.validateRequestParameters ?? false,
});

const nothingChecked: Validates = { validatesBody: false, validatesParameters: false };

/**
 * A validator of the same name that checks otherwise is told once, for all methods:
 * `sharedValidatorFindings`.
 */
export function validatorFindings(
  route: SynthesizedRoute,
  { requestValidatorId }: Method,
  validators: readonly RequestValidator[],
  circumstances: Circumstances,
): readonly Part[] {
  const validator = validators.find(({ id }) => id === requestValidatorId);
  if (validator && validator.name === route.validator?.name) return [];
  const [wanted, there] = [route.validator ?? nothingChecked, validates(validator)];
  if (checks(wanted) === checks(there)) return [];
  return [
    {
      code: 'method-validator',
      ...checkedOtherwise(wanted, there, [route], circumstances),
      problem: validator ? `its request validator is ${validator.name}` : 'it has no request validator',
      synthesized: `${route.validator?.name ?? 'none'}: ${checks(wanted)}`,
      deployed: `${validator?.name ?? 'none'}: ${checks(there)}`,
    },
  ];
}

/** Validators that check otherwise than synthesized. */
export function sharedValidatorFindings(
  deployed: readonly RequestValidator[],
  circumstances: Circumstances,
): readonly Finding[] {
  const { routes } = circumstances.api;
  const shared = new Map(routes.flatMap(({ validator }) => (validator ? [[validator.name, validator]] : [])));
  return [...shared.values()].flatMap((validator) => {
    const there = deployed.find(({ name }) => name === validator.name);
    // Methods without one tell it themselves.
    if (!there || checks(validates(there)) === checks(validator)) return [];
    const users = routes.filter((route) => route.validator?.name === validator.name);
    return [
      finding(circumstances, {
        at: validator.address,
        subject: `request validator ${validator.name} of ${circumstances.subject}`,
        code: 'request-validator',
        ...checkedOtherwise(validator, validates(there), users, circumstances),
        problem: 'it checks otherwise',
        synthesized: checks(validator),
        deployed: checks(validates(there)),
      }),
    ];
  });
}

function checkedOtherwise(
  wanted: Validates,
  there: Validates,
  routes: readonly SynthesizedRoute[],
  circumstances: Circumstances,
): Pick<Finding, 'severity' | 'seen'> {
  const stricter =
    (there.validatesBody && !wanted.validatesBody) ||
    (there.validatesParameters && !wanted.validatesParameters);
  const consumers = routes.map((route) => seenAt(route, circumstances).consumers);
  return {
    severity: stricter ? 'error' : 'warning',
    seen: stricter
      ? `${callersOf(routes)} whose requests break the models get ` +
        `${answersItself(circumstances, 'BAD_REQUEST_BODY')}, and nothing is queued`
      : [
          ...(wanted.validatesBody && !there.validatesBody
            ? [
                `bodies of ${callersOf(routes)} that break the model are queued, and ` +
                  `${[...new Set(consumers)].join(' and ')} meet them; where a field is missing that ` +
                  'SQS needs, it answers 400 MissingParameter or InvalidParameterValue',
              ]
            : []),
          ...(wanted.validatesParameters && !there.validatesParameters
            ? [
                'requests without a required header pass: its message attribute is empty, which SQS ' +
                  'refuses with 400 InvalidParameterValue',
              ]
            : []),
        ].join('; '),
  };
}
