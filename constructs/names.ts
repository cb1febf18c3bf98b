/** Longest name AWS accepts, in characters, by kind of resource. */
export const nameLimits = {
  /** `.fifo` included. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html */
  queue: 80,
  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
  role: 64,
  function: 64,
  pipe: 64,
  'API destination': 64,
  connection: 64,
  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
  bucket: 63,
} as const;

export type NamedKind = keyof typeof nameLimits;

/** A name AWS will see, and what it names. */
export interface DerivedName {
  readonly kind: NamedKind;
  readonly name: string;
}

export const queueName = (base: string, fifo: boolean) => (fifo ? `${base}.fifo` : base);

export const deadLetterQueueName = (base: string, fifo: boolean) => queueName(`${base}-dead-letter`, fifo);

/** A KMS alias with its obligatory prefix. */
export const aliasName = (base: string) => `alias/${base}`;

export const functionLogGroupName = (functionName: string) => `/aws/lambda/${functionName}`;

/** The role as which API Gateway sends to one queue. */
export const senderRoleName = (base: string) => `${base}-to-queue`;

/** The role that a function or a pipe of that name acts as. */
export const actorRoleName = (base: string) => `${base}-role`;

/** The authorizer of a callback, and its function. */
export const authorizerName = (base: string) => `${base}-authorizer`;

/** The role as which API Gateway calls a function. */
export const invokerRoleName = (functionName: string) => `${functionName}-invoker`;

/** Bucket names are unique in the world, so the account and the region are part of them. */
export const bucketName = (base: string, accountId: string, region: string) =>
  `${base}-${accountId}-${region}`;
