import { authorizerEvent } from '../api-gateway/authorizer-event';
import { asksAuthorizer } from '../api-gateway/authorizer-refusal';
import type { RestApi } from '../api-gateway/rest-api';
import { answerRequest, methodOf, type RestAnswer, type RestRequest } from '../api-gateway/rest-request';
import type { Surroundings } from '../api-gateway/surroundings';
import type { WebSocketApi } from '../api-gateway/websocket-api';
import type { Invoke } from '../lambda/invocation';
import type { StoredObject } from '../s3/object-store';
import { SecretStore } from '../secrets-manager/secret-store';
import { type IdSource, idSource } from '../simulation/ids';
import type { Network } from '../simulation/network';
import { type Random, random } from '../simulation/random';
import type { SqsError } from '../sqs/errors';
import { LiveQueue } from '../sqs/live-queue';
import { type SqsAnswer, SqsEndpoint } from '../sqs/query-protocol';
import { Access, type Session } from './access';
import { askAuthorizer } from './ask-authorizer';
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
  readonly secrets: SecretStore;
  /** What functions and pipes reach others through. */
  readonly network: Network;
  readonly consumers: Consumers;
  readonly #ids: IdSource;
  readonly #surroundings: Surroundings;
  readonly #senders = new Map<string, Session | undefined>();

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
    const queueAccess = new QueueAccess(this.access, system);
    this.#surroundings = this.#sqsSurroundings(queueAccess);
    this.gateways = new Map(
      system.webSocketApis.map((api) => [api, new WebSocketGateway(api, clock, this.#surroundings)]),
    );
    this.credentials = new CredentialIssuer(this.#ids);
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
