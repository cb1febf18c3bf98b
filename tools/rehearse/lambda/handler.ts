import path from 'node:path';
import type { ModuleLoader } from './module-loader';
import { RuntimeError } from './runtime-errors';

/** What a function exports. */
export type Handler = (
  event: unknown,
  context: object,
  callback: (error?: unknown, result?: unknown) => void,
) => unknown;

/**
 * Finds a handler, as in `index.handler`, the way Lambda's runtime does.
 * https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/UserFunction.js
 *
 * @throws RuntimeError when there is none; what the code itself throws while it is loaded
 */
export function loadHandler(loader: ModuleLoader, handler: string): Handler {
  if (handler.includes('..')) {
    throw new RuntimeError(
      'MalformedHandlerName',
      `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const folder = path.posix.dirname(handler);
  const [, module, exported] = /^([^.]*)\.(.*)$/.exec(path.posix.basename(handler)) ?? [];
  if (module === undefined || exported === undefined) {
    throw new RuntimeError('MalformedHandlerName', 'Bad handler');
  }
  const found = exported
    .split('.')
    .reduce<unknown>(
      (nested, key) => nested && (nested as Record<string, unknown>)[key],
      load(loader, path.posix.join(folder, module)),
    );
  if (!found) throw new RuntimeError('HandlerNotFound', `${handler} is undefined or not exported`);
  if (typeof found !== 'function') throw new RuntimeError('HandlerNotFound', `${handler} is not a function`);
  return found as Handler;
}

function load(loader: ModuleLoader, base: string): unknown {
  const file = ['', '.js', '.mjs', '.cjs'].map((ending) => base + ending).find((name) => loader.has(name));
  if (file === undefined) {
    throw new RuntimeError(
      'ImportModuleError',
      `Error: Cannot find module '${base}'\nRequire stack:\n- /var/runtime/index.mjs`,
    );
  }
  try {
    return loader.load(file);
  } catch (error) {
    if (error instanceof SyntaxError) throw new RuntimeError('UserCodeSyntaxError', String(error));
    if ((error as { readonly code?: unknown } | null)?.code === 'MODULE_NOT_FOUND') {
      throw new RuntimeError('ImportModuleError', String(error));
    }
    throw error;
  }
}
