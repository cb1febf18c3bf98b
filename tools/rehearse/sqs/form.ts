import { NotSimulated } from '../../not-simulated';

/**
 * The fields of an `application/x-www-form-urlencoded` body.
 * @throws NotSimulated for broken encoding, and for a field that is there twice: which one counts is not known
 */
export function formFields(body: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const pair of body.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decoded(equals === -1 ? pair : pair.slice(0, equals));
    if (fields.has(name)) throw new NotSimulated('SQS', `a request with "${name}" twice`);
    fields.set(name, equals === -1 ? '' : decoded(pair.slice(equals + 1)));
  }
  return fields;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new NotSimulated('SQS', `form encoding like that of ${JSON.stringify(text)}`);
  }
}
