/** What API Gateway asks of a request of a method, beside what the API's resource policy says of its caller. */
export type MethodAuthorization =
  /** Nothing: the resource policy alone decides. */
  | { readonly authorization: 'NONE' }
  /** A signature (Signature Version 4) with the credentials of one of these roles. */
  | { readonly authorization: 'AWS_IAM'; readonly callerRoleArns: readonly string[] }
  /** What a Lambda authorizer of the API says. */
  | { readonly authorization: 'CUSTOM'; readonly authorizerId: string };

export const noAuthorization: MethodAuthorization = { authorization: 'NONE' };
