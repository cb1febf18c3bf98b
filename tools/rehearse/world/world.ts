import { authorizerEvent } from '../api-gateway/authorizer-event';
import type { HttpApi } from '../api-gateway/http-api';
import { answerHttpRequest, type HttpAnswer } from '../api-gateway/http-request';
import { asksAuthorizer } from '../api-gateway/method-access';
import type { RestApi } from '../api-gateway/rest-api';
import { answerRequest, methodOf, type RestAnswer, type RestRequest } from '../api-gateway/rest-request';
import type { Surroundings } from '../api-gateway/surroundings';
import { UsageMeter } from '../api-gateway/usage-plan';
import type { WebSocketApi } from '../api-gateway/websocket-api';
import type { Invoke } from '../lambda/invocation';
import type { StoredObject } from '../s3/object-store';
import { SecretStore } from '../secrets-manager/secret-store';
import { type IdSource, idSource } from '../simulation/ids';
import type { Network } from '../simulation/network';
import { type Random, random } from '../simulation/random';
import { TokenIssuer } from '../simulation/token-issuer';
import type { SqsError } from '../sqs/errors';
import { LiveQueue } from '../sqs/live-queue';
import { type SqsAnswer, SqsEndpoint } from '../sqs/query-protocol';
import type { QueueConsumer } from '../sqs/queue-consumer';
import { Access, type Session } from './access';
import { askAuthorizer } from './ask-authorizer';
import { Callers } from './callers';
import { Cloud } from './cloud';
import { Consumers, type WorkClock } from './consumers';
import { CredentialIssuer } from './credentials';
import type { Faults } from './faults';
import { type Account, Ledger } from './ledger';
import { QueueAccess, queueAction } from './queue-access';
import type { System } from './system';
import { WebSocketGateway } from './websocket-gateway';

export interface WorldOptions {
  readonly clock: WorkClock;
  readonly seed: string;
  readonly faults?: Faults | undefined;
  /** Servers beyond AWS, by host. */
  readonly servers?: ReadonlyMap<string, Network>;
  /** Functions that no stack makes, by ARN. */
  readonly functions?: ReadonlyMap<string, Invoke>;
  /** An object was written to a bucket. */
  readonly stored?: (object: StoredObject) => void;
  /** A function has written a line. */
  readonly functionLog?: (functionName: string, line: string) => void;
}

/** A system at work: every hop asks the policies, and every message is followed. */
export class World {
  readonly clock: WorkClock;
  readonly random: Random;
  readonly faults: Faults;
  readonly access: Access;
  readonly ledger = new Ledger();
  /** By ARN. */
  readonly queues: ReadonlyMap<string, LiveQueue>;
  readonly gateways: ReadonlyMap<WebSocketApi, WebSocketGateway>;
  readonly credentials: CredentialIssuer;
  /** Of API keys. */
  readonly usage: UsageMeter;
  readonly callers: Callers;
  readonly secrets: SecretStore;
  /** What functions and pipes reach others through. */
  readonly network: Network;
  readonly consumers: Consumers;
  readonly #ids: IdSource;
  readonly #surroundings: Surroundings;
  readonly #queueAccess: QueueAccess;
  readonly #senders = new Map<string, Session | undefined>();
  readonly #issuers = new Map<string, TokenIssuer>();

  constructor(
    readonly system: System,
    {
      clock,
      seed,
      faults = {},
      servers = new Map(),
      functions = new Map(),
      stored = () => {},
      functionLog,
    }: WorldOptions,
  ) {
    this.clock = clock;
    this.random = random(seed);
    this.#ids = idSource(seed);
    this.faults = faults;
    this.access = new Access(system.policies, () => clock.now());
    this.queues = this.#liveQueues();
    this.credentials = new CredentialIssuer(this.#ids);
    this.callers = new Callers(system, this.credentials);
    this.usage = new UsageMeter(() => clock.now());
    const queueAccess = new QueueAccess(this.access, system);
    this.#queueAccess = queueAccess;
    this.#surroundings = this.#sqsSurroundings(queueAccess);
    this.gateways = new Map(
      system.webSocketApis.map((api) => [api, new WebSocketGateway(api, clock, this.#surroundings)]),
    );
    this.secrets = new SecretStore(system.secrets, idSource(`${seed}/secrets`));
    this.network = new Cloud(this, { credentials: this.credentials, servers, stored }).network;
    this.consumers = new Consumers(this, {
      queueAccess,
      credentials: this.credentials,
      network: this.network,
      functions,
      functionLog,
    });
  }

  /** Lets functions and pipes begin to take messages. */
  start(): void {
    this.consumers.start();
  }

  /**
   * A request to a REST API, from an address. Where its method has an authorizer, the answer takes time; else it is
   * there, and what it has set off has happened, before the clock goes on.
   */
  async request(api: RestApi, request: Omit<RestRequest, 'timeEpoch'>): Promise<RestAnswer> {
    const arrived: RestRequest = { ...request, timeEpoch: this.clock.now() };
    const method = methodOf(api, arrived);
    const authorized =
      method?.authorizer && asksAuthorizer(api, method, arrived)
        ? await askAuthorizer(method.authorizer, {
            event: (requestId) => authorizerEvent(api, method, arrived, requestId),
            requestId: this.#ids(),
            session: this.#sender(method.authorizer.credentials),
            world: this,
          })
        : undefined;
    const answer = answerRequest(api, arrived, this.#surroundings, authorized);
    if (answer.denial) {
      this.access.refused({ actor: request.sourceIp, action: 'execute-api:Invoke', ...answer.denial });
    }
    return answer;
  }

  /** A request to an HTTP API, from an address. */
  httpRequest(api: HttpApi, request: Omit<RestRequest, 'timeEpoch'>): HttpAnswer {
    return answerHttpRequest(
      api,
      { ...request, timeEpoch: this.clock.now() },
      { ...this.#surroundings, keysOf: (issuer) => this.issuer(issuer).keys },
    );
  }

  /** Whoever signs the tokens of an issuer. */
  issuer(url: string): TokenIssuer {
    const issuer = this.#issuers.get(url) ?? new TokenIssuer(url);
    this.#issuers.set(url, issuer);
    return issuer;
  }

  queue(arn: string): LiveQueue {
    const queue = this.queues.get(arn);
    if (!queue) throw new Error(`no queue ${arn}`);
    return queue;
  }

  /** Someone beyond the system puts a message on a queue. @returns its id */
  putOn(queueArn: string, body: string): string {
    const queue = this.queue(queueArn);
    const { messageId } = queue.send(
      {
        body,
        attributes: [],
        ...(queue.settings.fifo && { messageGroupId: 'outside', messageDeduplicationId: this.#ids() }),
      },
      'outside',
    );
    this.ledger.accepted(messageId, queueArn);
    return messageId;
  }

  /** A queue as someone beyond the system sees it; undefined where nothing is known of such a role. */
  consumerAs(roleArn: string, queueArn: string): QueueConsumer | undefined {
    const role = this.access.policies.roles.get(roleArn);
    const principal = { kind: 'role', roleArn, sessionName: 'outside' } as const;
    return role && this.#queueAccess.consumer({ role, principal }, this.queue(queueArn));
  }

  /** An operator redrives the dead letters of a queue to it. */
  redrive(queueArn: string): void {
    const queue = this.queue(queueArn);
    const { redrive } = queue.settings;
    if (redrive) this.queue(redrive.deadLetterTargetArn).redriveTo(queue);
  }

  /** @param queueArn of the messages that this queue accepted @default of all */
  account(queueArn?: string): Account {
    const deadLetters = new Set(
      this.system.queues.flatMap(({ redrive }) => redrive?.deadLetterTargetArn ?? []),
    );
    return this.ledger.account([...this.queues.values()], deadLetters, queueArn);
  }

  #liveQueues(): ReadonlyMap<string, LiveQueue> {
    const queues = new Map<string, LiveQueue>();
    for (const settings of this.system.queues) {
      const deadLetter = () => settings.redrive && queues.get(settings.redrive.deadLetterTargetArn);
      const queue = new LiveQueue(settings, this.clock, this.#ids, deadLetter);
      queue.onMoved((message, _toArn, id) => this.ledger.renamed(message.messageId, id));
      queues.set(settings.arn, queue);
    }
    return queues;
  }

  /** SQS as API Gateway reaches it: as the role that the integration names. */
  #sqsSurroundings(queueAccess: QueueAccess): Surroundings {
    const endpoint = new SqsEndpoint<Session>({
      queues: [...this.queues.values()],
      ids: this.#ids,
      authorize: (session, action, queue): SqsError | undefined =>
        queueAccess.refusal(session, queueAction(action, queue), queue) ??
        (action === 'sqs:SendMessage' ? this.faults.sendMessage?.() : undefined),
    });
    return {
      ids: this.#ids,
      sqs: (request, credentials) => {
        const session = this.#sender(credentials);
        if (!session) return undefined;
        const answer = endpoint.answer(request, session);
        if (answer.sent) this.#accepted(answer.sent);
        return answer;
      },
      callers: {
        signerOf: (headers) => this.callers.signerOf(headers),
        withinQuota: (key, quota) => this.usage.count(key, quota),
      },
    };
  }

  #accepted({ message, queue, duplicateOf }: NonNullable<SqsAnswer['sent']>): void {
    if (duplicateOf !== undefined) return;
    const requestId = message.attributes.find(({ name }) => name === 'requestId')?.value;
    this.ledger.accepted(message.messageId, queue.arn, requestId);
  }

  #sender(roleArn: string | undefined): Session | undefined {
    if (roleArn === undefined) return undefined;
    if (!this.#senders.has(roleArn)) {
      const sessionName = 'BackplaneAssumeRoleSession';
      this.#senders.set(
        roleArn,
        this.access.assumeRole('apigateway.amazonaws.com', { roleArn, sessionName, context: {} }),
      );
    }
    return this.#senders.get(roleArn);
  }
}
