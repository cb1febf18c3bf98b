import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody, respond, sentHeaders } from '../../../../tools/local/http-exchange';
import type { Plan } from '../../../../tools/plan/plan';
import { type RestApi, restApisOf } from '../../../../tools/rehearse/api-gateway/rest-api';
import { answerRequest } from '../../../../tools/rehearse/api-gateway/rest-request';
import type { SqsAnswer, SqsRequest } from '../../../../tools/rehearse/sqs/query-protocol';

export interface Bridge {
  /** With the stage. */
  readonly endpoint: string;
  /** Requests that came. */
  readonly requests: readonly { readonly path: string; readonly headers: ReadonlyMap<string, string> }[];
  close(): Promise<void>;
}

/** Nothing where SQS is to answer itself. */
type Instead = SqsAnswer | 'lost' | undefined;

interface BridgeOptions {
  readonly plans: readonly Plan[];
  /** Of the AWS that has the queues. */
  readonly aws: string;
  readonly sourceIp: string;
  /** What SQS answers instead. */
  readonly sqs?: (request: SqsRequest) => Instead | Promise<Instead>;
}

/** The plan's REST API, simulated, over a socket: its requests to SQS go to a local AWS for real. */
export async function startBridge(options: BridgeOptions): Promise<Bridge> {
  const [api] = options.plans.flatMap(restApisOf) as [RestApi];
  const region = options.plans[0]?.region ?? '';
  const requests: { path: string; headers: ReadonlyMap<string, string> }[] = [];
  const server = http.createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const body = (await readBody(request)).toString();
    const headers = sentHeaders(request);
    requests.push({ path: pathname, headers });
    const given = {
      method: request.method ?? '',
      path: pathname.slice(api.stageName.length + 1),
      headers,
      body,
      sourceIp: options.sourceIp,
      timeEpoch: Date.now(),
    };
    const requestId = randomUUID();
    const ids = () => requestId;
    // The simulation does not wait for SQS: it is asked what it would send, and again with what came back.
    const asked: SqsRequest[] = [];
    const first = answerRequest(api, given, { ids, sqs: (sqs) => void asked.push(sqs) });
    const [toSqs] = asked;
    if (!toSqs) return respond(response, first);
    const instead = await options.sqs?.(toSqs);
    if (instead === 'lost') {
      request.socket.destroy();
      return undefined;
    }
    const answer = instead ?? (await sendToSqs(toSqs, options.aws, region));
    return respond(response, answerRequest(api, given, { ids, sqs: () => answer }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${api.stageName}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function sendToSqs(request: SqsRequest, aws: string, region: string): Promise<SqsAnswer> {
  const response = await fetch(`${aws}${request.path}`, {
    method: 'POST',
    headers: {
      'content-type': request.contentType ?? '',
      authorization: `AWS4-HMAC-SHA256 Credential=testing/20261121/${region}/sqs/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: request.body,
  });
  const text = await response.text();
  const id = /<MessageId>([^<]+)/.exec(text)?.[1];
  // SQS answers API Gateway with JSON, moto always with XML.
  const body = id ? JSON.stringify({ SendMessageResponse: { SendMessageResult: { MessageId: id } } }) : text;
  return { status: response.status, contentType: 'application/json', body };
}
