/** The role's temporary credentials as Lambda hands them over: in environment variables, and nowhere else. */
export async function environmentCredentials() {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new Error(
      'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set: Lambda sets them from the role.',
    );
  }
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  };
}

/**
 * Takes the place of the SDK's own default chain in the archives (see `synthesis/function-archive.ts`): profiles,
 * SSO, web identities and instance metadata make up a third of a bundle and do not exist inside Lambda.
 */
export const defaultProvider = () => environmentCredentials;
