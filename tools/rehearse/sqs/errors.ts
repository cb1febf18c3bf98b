/** An error that SQS answers with. Its codes are the query protocol's. */
export interface SqsError {
  readonly code: string;
  readonly message: string;
}

export const invalidValue = (message: string): SqsError => ({ code: 'InvalidParameterValue', message });

export const missing = (parameter: string): SqsError => ({
  code: 'MissingParameter',
  message: `The request must contain the parameter ${parameter}.`,
});
