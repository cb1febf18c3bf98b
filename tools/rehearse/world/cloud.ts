import { ObjectStore, type StoredObject } from '../s3/object-store';
import { bucketHost, type ObjectAddress, putObject, type S3Error } from '../s3/put-object';
import { getSecretValue, secretsManagerHost } from '../secrets-manager/get-secret-value';
import type { Secret } from '../secrets-manager/secret-store';
import type { Network, NetworkRequest, NetworkResponse } from '../simulation/network';
import { connectionsEndpoint, executeApiHost, forbidden } from './connections-endpoint';
import { connectionsOfDomain } from './connections-of-domain';
import type { CredentialIssuer } from './credentials';
import { internetOf, served } from './internet';
import { secretRefusal } from './secret-access';
import type { World } from './world';

interface Surroundings {
  readonly credentials: CredentialIssuer;
  /** Servers beyond AWS, by host. */
  readonly servers: ReadonlyMap<string, Network>;
  /** An object was written to a bucket. */
  readonly stored: (object: StoredObject) => void;
}

/** The services that functions and pipes of a system reach over the network, and the servers beyond it. */
export class Cloud {
  readonly network: Network;

  constructor(
    private readonly world: World,
    private readonly surroundings: Surroundings,
  ) {
    const { credentials, servers } = surroundings;
    const { access, clock, faults, gateways, random, system } = world;
    const chance = random.fork('network');
    const hosts = new Map(servers);
    const setConnections = (host: string, answer: (request: NetworkRequest) => NetworkResponse) => {
      const endpoint = this.#watched(answer, (request, response) => this.#replied(request, response));
      hosts.set(host, served(endpoint, { clock, random: chance, faults: faults.connections }));
    };
    for (const gateway of gateways.values()) {
      setConnections(
        executeApiHost(gateway.api.id, system),
        gateway.api.executeApiEndpoint
          ? connectionsEndpoint(gateway, { access, credentials, at: system })
          : () => forbidden,
      );
    }
    for (const domain of system.domains) {
      const answer = connectionsOfDomain(domain, gateways, { access, credentials, at: system });
      if (answer) setConnections(domain.name, answer);
    }
    const store = new ObjectStore(system.buckets);
    store.onPut((object) => this.#stored(object));
    for (const { name } of system.buckets) {
      const authorize = (request: NetworkRequest, address: ObjectAddress) =>
        this.#s3Refusal(request, address);
      const endpoint = (request: NetworkRequest) => putObject(request, { store, at: system, authorize });
      hosts.set(bucketHost(name, system), served(endpoint, { clock, random: chance, faults: faults.s3 }));
    }
    if (system.secrets.length > 0) {
      const authorize = (request: NetworkRequest, secret: Secret) =>
        secretRefusal(request, secret, { access, credentials, system });
      const endpoint = (request: NetworkRequest) =>
        getSecretValue(request, { secrets: system.secrets, store: world.secrets, authorize });
      const wire = { clock, random: random.fork('secrets manager'), faults: faults.secretsManager };
      hosts.set(secretsManagerHost(system), served(endpoint, wire));
    }
    this.network = internetOf(hosts, clock);
  }

  /** The archive function names the message that it writes. */
  #stored(object: StoredObject): void {
    const messageId = object.metadata.get('message-id');
    if (messageId !== undefined) this.world.ledger.delivered(messageId);
    this.surroundings.stored(object);
  }

  #s3Refusal(request: NetworkRequest, { bucket, key }: ObjectAddress): S3Error | undefined {
    const { access, system } = this.world;
    const service = { service: 's3', region: system.region };
    const signer = this.surroundings.credentials.signerOf(request, service);
    if ('code' in signer) return { status: 403, ...signer };
    const arn = `arn:${system.partition}:s3:::${bucket}`;
    const message = access.refusal(
      signer,
      {
        action: 's3:PutObject',
        resource: `${arn}/${key}`,
        resourceAccountId: system.accountId,
        context: { 'aws:SecureTransport': String(request.protocol === 'https') },
      },
      access.policies.buckets.get(arn),
    );
    return message === undefined ? undefined : { status: 403, code: 'AccessDenied', message };
  }

  #watched(
    answer: (request: NetworkRequest) => NetworkResponse,
    watch: (request: NetworkRequest, response: NetworkResponse) => void,
  ) {
    return (request: NetworkRequest): NetworkResponse => {
      const response = answer(request);
      watch(request, response);
      return response;
    };
  }

  /** A reply names the request that it answers. */
  #replied({ method, body }: NetworkRequest, { status }: NetworkResponse): void {
    if (method !== 'POST') return;
    const requestId = requestIdIn(body.toString());
    if (requestId === undefined) return;
    if (status === 200) this.world.ledger.delivered(requestId);
    if (status === 410) this.world.ledger.dropped(requestId);
  }
}

function requestIdIn(reply: string): string | undefined {
  try {
    const { requestId } = JSON.parse(reply) as { readonly requestId?: unknown };
    return typeof requestId === 'string' ? requestId : undefined;
  } catch {
    return undefined;
  }
}
