import type { Permission } from '../check';

/** A question that AWS did not answer. */
export abstract class Unanswered extends Error {
  abstract override readonly name: string;
  constructor(
    readonly permission: Permission,
    /** What AWS, or the way to it, said instead, and what to do about it. */
    readonly said: string,
    what: string,
    options?: ErrorOptions,
  ) {
    super(`${permission.action} on ${permission.resource} ${what}: ${said}`, options);
  }
}

/** AWS refused to answer: whoever runs the doctor lacks a permission. */
export class MissingPermission extends Unanswered {
  override readonly name = 'MissingPermission';
  constructor(permission: Permission, said: string) {
    super(permission, said, 'is not allowed');
  }
}

/** No answer came, or none that says anything about the resource: credentials, network, throttling. */
export class NotReachable extends Unanswered {
  override readonly name = 'NotReachable';
  constructor(permission: Permission, cause: unknown) {
    const { name, message } = cause as Error;
    const hint = hints.find(({ names }) => names.some((part) => `${name} ${message}`.includes(part)))?.hint;
    super(permission, `${name}: ${message}${hint ? `\n${hint}` : ''}`, 'got no answer', { cause });
  }
}

/** What to do about an error that is none of the resource's. */
const hints: readonly { readonly names: readonly string[]; readonly hint: string }[] = [
  {
    names: ['CredentialsProviderError', 'Could not load credentials', 'profile'],
    hint: 'There are no credentials: set AWS_PROFILE or give --profile, after `aws sso login` where that is in use',
  },
  {
    names: ['ExpiredToken', 'expired'],
    hint: 'The session has expired: sign in again, such as with `aws sso login`',
  },
  {
    names: ['InvalidClientTokenId', 'UnrecognizedClient', 'SignatureDoesNotMatch', 'InvalidSignature'],
    hint: 'AWS does not know these credentials: look at AWS_ACCESS_KEY_ID and the profile, and at this machine’s clock',
  },
  {
    names: ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'TimeoutError'],
    hint: 'No connection came about: look at the network, and at AWS_ENDPOINT_URL where that is set',
  },
  {
    names: ['Throttling', 'TooManyRequests', 'RequestLimitExceeded'],
    hint: 'AWS asks to go slower, and five attempts were made: try again in a minute',
  },
];

const notFound = [
  'NotFoundException',
  'NoSuchEntity',
  'NoSuchEntityException',
  'ResourceNotFoundException',
  // Two names of one error, of a dashboard.
  'DashboardNotFoundError',
  'ResourceNotFound',
  'QueueDoesNotExist',
  'NoSuchBucket',
  'NoSuchBucketPolicy',
  'NoSuchKey',
  'NotFound',
];

/** Wrong or expired credentials are not among them: those have names of their own. */
const refused = ['AccessDenied', 'AccessDeniedException', 'AuthorizationError', 'Forbidden'];

/** Nothing for what does not exist. @throws MissingPermission, NotReachable */
export async function answerOf<Answer>(
  permission: Permission,
  send: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await send();
  } catch (error) {
    const { name, message } = error as Error;
    if (notFound.includes(name)) return undefined;
    if (refused.includes(name)) throw new MissingPermission(permission, message);
    throw new NotReachable(permission, error);
  }
}
