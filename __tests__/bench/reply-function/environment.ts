import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { projectRoot } from '../../../synthesis/project-root';

const MEASURE = '__tests__/bench/reply-function/measure.cjs';

/** A process with one function loaded; its log lines go nowhere. */
export class ExecutionEnvironment {
  private constructor(
    private readonly child: ChildProcess,
    /** Time of the import that loaded the function. */
    readonly importMillis: number,
  ) {}

  static async start(modulePath: string, variables: Readonly<Record<string, string>> = {}) {
    const root = projectRoot();
    const child = fork(path.join(root, MEASURE), [modulePath], {
      env: {
        AWS_REGION: 'ap-northeast-2',
        AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'dummy',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        NODE_PATH: path.join(root, 'node_modules'),
        CONNECTIONS_ENDPOINT: 'http://127.0.0.1/bench',
        ...variables,
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    return new ExecutionEnvironment(child, await nextNumber(child));
  }

  /** Time of one invocation with these records, in milliseconds. @throws when a record failed. */
  async invoke(records: readonly object[]): Promise<number> {
    this.child.send({ records });
    return nextNumber(this.child);
  }

  stop(): void {
    this.child.kill();
  }
}

function nextNumber(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`the function's process ended with ${code}`));
    child.once('exit', onExit);
    child.once('message', (value) => {
      child.off('exit', onExit);
      resolve(Number(value));
    });
  });
}
