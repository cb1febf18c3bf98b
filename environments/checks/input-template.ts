import { listed, type Rule } from './check';
import { messageFields } from './event-pattern';
import { nearest } from './nearest';
import { shown } from './shown';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html#input-transform-reserved */
const variables = [
  'aws.pipes.pipe-arn',
  'aws.pipes.pipe-name',
  'aws.pipes.source-arn',
  'aws.pipes.enrichment-arn',
  'aws.pipes.target-arn',
  'aws.pipes.event.ingestion-time',
  'aws.pipes.event',
  'aws.pipes.event.json',
];

/** An input template of a pipe from a queue. */
export const inputTemplateRule: Rule = (value) => {
  if (typeof value !== 'string' || value.length < 1 || value.length > 8192) {
    return 'must be a template of 1 to 8,192 characters';
  }
  const withoutPlaceholders = value.replace(/<[^<>]*>/g, '');
  if (/[<>]/.test(withoutPlaceholders)) return 'must have a > for each <: <$.messageId>';
  return [...value.matchAll(/<([^<>]*)>/g)]
    .map(([, inside = '']) => placeholderRule(inside))
    .find((broken) => broken !== undefined);
};

function placeholderRule(inside: string): string | undefined {
  const root = /^\$\.([A-Za-z0-9_]+)[\w.*/[\]-]*$/.exec(inside)?.[1];
  if (root !== undefined ? messageFields.includes(root) : variables.includes(inside)) return undefined;
  const words = root === undefined ? variables : messageFields;
  const meant = nearest(root ?? inside, words);
  return root === undefined
    ? `has ${shown(`<${inside}>`)}, which is no path and no variable of Pipes: write ${meant ? `<${meant}>` : 'a path such as <$.body.orderId>'}`
    : `has ${shown(`<${inside}>`)}, and messages have no ${root}: write ${meant ?? listed(words, 'or')}`;
}

/** Pipes drop the quotes of a JSON body that is the whole template, so that no JSON reaches the subscriber. */
export const isBareBody = (template: unknown) =>
  typeof template === 'string' && /^\s*<\$\.body>\s*$/.test(template);
