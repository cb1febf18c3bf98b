/** An error that SQS answers with. Its codes are the query protocol's. */
export interface SqsError {
  /** HTTP's. */
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Most of SQS's errors have the status 400. */
export const badRequest = (code: string, message: string): SqsError => ({ status: 400, code, message });

export const invalidValue = (message: string): SqsError => badRequest('InvalidParameterValue', message);

export const missing = (parameter: string): SqsError =>
  badRequest('MissingParameter', `The request must contain the parameter ${parameter}.`);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html */
export const accessDenied = (message: string): SqsError => ({ status: 403, code: 'AccessDenied', message });

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html#API_SendMessage_Errors */
export const kmsAccessDenied = (message: string): SqsError =>
  badRequest('KMS.AccessDeniedException', message);
