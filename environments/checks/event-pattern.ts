import { below, type Check, list, listed, type Problem } from './check';
import { nearest } from './nearest';
import { isObject } from './reading';
import { figure, jsonRule } from './rules';
import { shown } from './shown';

/**
 * Fields of a message that a pipe's pattern may name.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-filtering.html
 */
const patternFields = ['messageId', 'receiptHandle', 'body', 'attributes', 'messageAttributes', 'md5OfBody'];

/**
 * Fields of a message as a pipe sees it: some the pipe itself sets.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-sqs.html
 */
export const messageFields = [...patternFields, 'eventSource', 'eventSourceARN', 'awsRegion'];

/** Of EventBridge's, those that pipes have: there is no `wildcard`. */
const operators = ['anything-but', 'cidr', 'equals-ignore-case', 'exists', 'numeric', 'prefix', 'suffix'];

const mostCharacters = 4096;

const pattern: Check = (value, field) => {
  if (!isObject(value) || Object.keys(value).length === 0) {
    return [{ field, value, rule: "must be an event pattern such as { body: { status: ['failed'] } }" }];
  }
  const problems = [...unknownFields(value, field), ...fieldsOf(value, field)];
  if (problems.length > 0 || jsonRule(value)) return problems;
  const length = JSON.stringify(value).length;
  return length > mostCharacters
    ? [
        {
          field,
          value,
          rule: `has ${figure(length)} characters as JSON, and EventBridge takes ${figure(mostCharacters)}: split it into several patterns`,
        },
      ]
    : [];
};

const unknownFields = (value: Readonly<Record<string, unknown>>, field: string): readonly Problem[] =>
  Object.keys(value)
    .filter((name) => name !== '$or' && !patternFields.includes(name))
    .map((name) => {
      const meant = nearest(name, patternFields);
      return {
        field: below(field, name),
        value: value[name],
        rule: `is no field of an SQS message, so nothing would match: ${meant ? `write ${meant}` : `use ${listed(patternFields, 'or')}; fields of the message itself are below body`}`,
      };
    });

const fieldsOf = (value: Readonly<Record<string, unknown>>, field: string): readonly Problem[] =>
  Object.entries(value).flatMap(([name, inner]) =>
    name === '$or' ? alternatives(inner, below(field, name)) : matcher(inner, below(field, name)),
  );

const alternatives: Check = (value, field) =>
  list(
    (inner, at) =>
      isObject(inner) && Object.keys(inner).length > 0
        ? fieldsOf(inner, at)
        : [{ field: at, value: inner, rule: 'must be an object of fields, one of the alternatives' }],
    'at least two alternatives',
    { atLeast: 2 },
  )(value, field);

const matcher: Check = (value, field) => {
  if (isObject(value)) {
    return Object.keys(value).length > 0
      ? fieldsOf(value, field)
      : [{ field, value, rule: 'must name a field, or be a list of values that match' }];
  }
  if (!Array.isArray(value) || value.length === 0) {
    return [{ field, value, rule: 'must be a list of the values that match, even of one' }];
  }
  return Array.from(value as unknown[]).flatMap((element, index) => comparison(element, below(field, index)));
};

function comparison(value: unknown, field: string): readonly Problem[] {
  if (!isObject(value)) {
    return Array.isArray(value) || jsonRule(value)
      ? [
          {
            field,
            value,
            rule: 'must be a text, a number, true, false, null, or an object with one operator',
          },
        ]
      : [];
  }
  const [operator = '', ...more] = Object.keys(value);
  if (more.length === 0 && operators.includes(operator) && !jsonRule(value)) return [];
  const meant = nearest(operator, operators);
  return [
    {
      field,
      value,
      rule: `must have one operator and its value: ${more.length === 0 && meant ? shown(meant) : listed(operators, 'or')}`,
    },
  ];
}

/** A message that matches none is deleted, so that a wrong pattern loses messages without a trace. */
export const filter = list(pattern, 'one to five event patterns', { atLeast: 1, atMost: 5 });
