import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type SecretAnswer =
  | string
  | { readonly status: number; readonly type: string; readonly message?: string };

/** An endpoint that speaks Secrets Manager's GetSecretValue: JSON 1.1. */
export class SecretsServer {
  /** The stages that were asked for, in their order. */
  readonly reads: string[] = [];
  readonly secretIds = new Set<string>();
  stages: Readonly<Record<string, SecretAnswer>> = {};
  readonly #server = createServer(async (request, response) => {
    const { SecretId, VersionStage } = JSON.parse(await text(request)) as Record<string, string>;
    this.reads.push(VersionStage ?? '');
    this.secretIds.add(SecretId ?? '');
    const answer = this.stages[VersionStage ?? ''] ?? { status: 400, type: 'ResourceNotFoundException' };
    const [status, body] =
      typeof answer === 'string'
        ? [200, { ARN: SecretId, SecretString: answer }]
        : [answer.status, { __type: answer.type, Message: answer.message ?? answer.type }];
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
}
