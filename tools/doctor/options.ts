import { parseArgs } from 'node:util';

export const usage = `Usage: npm run doctor -- <environment> [options]

Compares what is deployed with what was synthesized, and explains what it finds: what a caller sees of it, why, and what
mends it. It only reads, unless --probe is given. Credentials are found as by any AWS tool; the region and the account
are the environment's. Exit code 0 when it found nothing, 1 when it did, 2 when it could not look: wrong account, no
credentials, a missing permission, no answer, or asked for what it does not know.

  --stack <id>                    only this stack, such as dev-websocket-reply
  --probe                         sends one marked message through each flow, follows it and cleans up; subscribers
                                  get the message
  --rest-endpoint <url>           where callbacks are posted to [its domain where execute-api is off, else execute-api]
  --websocket-endpoint <url>      where clients connect to [its domain where execute-api is off, else execute-api]
  --profile <name>                the credentials of this profile [AWS_PROFILE, or as any AWS tool finds them]
  --policy                        prints the IAM policy that the doctor needs, and asks AWS nothing; with --probe, for that
  --json                          prints the result as JSON
  --help                          prints this`;

export interface DoctorOptions {
  readonly environment: string;
  readonly stack: string | undefined;
  readonly probe: boolean;
  readonly restEndpoint: string | undefined;
  readonly webSocketEndpoint: string | undefined;
  readonly profile: string | undefined;
  readonly policy: boolean;
  readonly json: boolean;
}

/** Something was asked for that cannot be done; the message says what would do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Nothing where help was asked for. @throws UsageError */
export function doctorOptions(args: readonly string[]): DoctorOptions | undefined {
  const { values, positionals } = parsed(args);
  if (values.help) return undefined;
  const [environment, ...others] = positionals;
  if (environment === undefined) throw new UsageError('which environment? npm run doctor -- <environment>');
  if (others.length > 0) throw new UsageError(`one environment at a time, not also ${others.join(', ')}`);
  return {
    environment,
    stack: values.stack,
    probe: values.probe,
    restEndpoint: endpoint(values['rest-endpoint'], '--rest-endpoint', ['https:', 'http:']),
    webSocketEndpoint: endpoint(values['websocket-endpoint'], '--websocket-endpoint', ['wss:', 'ws:']),
    profile: values.profile,
    policy: values.policy,
    json: values.json,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        stack: { type: 'string' },
        probe: { type: 'boolean', default: false },
        'rest-endpoint': { type: 'string' },
        'websocket-endpoint': { type: 'string' },
        profile: { type: 'string' },
        policy: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Without a slash at its end. */
function endpoint(
  value: string | undefined,
  option: string,
  protocols: readonly string[],
): string | undefined {
  if (value === undefined) return undefined;
  if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
    throw new UsageError(
      `${option} ${value}: it is a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    );
  }
  return value.replace(/\/+$/, '');
}
