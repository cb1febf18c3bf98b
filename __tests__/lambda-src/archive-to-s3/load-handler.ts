import { vi } from 'vitest';

export interface ArchiveEnvironment {
  readonly bucket?: string;
  readonly keyPrefix?: string;
  readonly messageKeyField?: string;
}

/** The handler as a new execution environment with these variables would load it. */
export async function loadHandler({
  bucket = 'archive',
  keyPrefix,
  messageKeyField,
}: ArchiveEnvironment = {}) {
  vi.stubEnv('BUCKET_NAME', bucket);
  vi.stubEnv('KEY_PREFIX', keyPrefix);
  vi.stubEnv('MESSAGE_KEY_FIELD', messageKeyField);
  vi.resetModules();
  const { handler } = await import('../../../lambda-src/archive-to-s3/index');
  return handler;
}
