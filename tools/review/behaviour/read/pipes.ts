import { optionalText, text } from '../../../plan/attributes';
import type { PlanResource } from '../../../plan/plan';
import { patternsIn } from './functions';
import { blocks, numeric, type StackReader, shown } from './stack-reader';

/** A pipe as its subscriber meets it. */
export interface Pipe {
  readonly address: string;
  readonly arn: string;
  readonly name: string;
  readonly sourceArn: string;
  readonly targetArn: string;
  readonly stopped: boolean;
  /** None where Pipes choose. */
  readonly batchSize: number | undefined;
  readonly windowSeconds: number;
  /** Patterns as JSON. */
  readonly filters: readonly string[];
  readonly inputTemplate: string | undefined;
  /** Names and values, what the connection adds included. */
  readonly headers: ReadonlyMap<string, string>;
  readonly query: ReadonlyMap<string, string>;
  readonly destination: Destination | undefined;
}

/** An API destination with its connection. */
export interface Destination {
  readonly url: string;
  readonly method: string;
  /** Deliveries a second. */
  readonly rate: number;
  /** `API_KEY in the header X-Api-Key` */
  readonly authorization: string;
  readonly headers: ReadonlyMap<string, string>;
}

export function pipesOf(reader: StackReader): readonly Pipe[] {
  const destinations = destinationsOf(reader);
  return reader.all(
    reader.each('aws_pipes_pipe', [
      'arn',
      'name',
      'source',
      'target',
      'desired_state',
      'source_parameters',
      'target_parameters',
    ]),
    (pipe) => {
      const { address, attributes } = pipe;
      const [source = {}] = blocks(attributes.get('source_parameters'));
      const [target = {}] = blocks(attributes.get('target_parameters'));
      const [queue = {}] = blocks(source.sqs_queue_parameters);
      const [http = {}] = blocks(target.http_parameters);
      const destination = destinations.get(text(pipe, 'target'));
      return {
        address,
        arn: text(pipe, 'arn'),
        name: text(pipe, 'name'),
        sourceArn: text(pipe, 'source'),
        targetArn: text(pipe, 'target'),
        stopped: optionalText(pipe, 'desired_state') === 'STOPPED',
        batchSize: numeric(queue.batch_size),
        windowSeconds: numeric(queue.maximum_batching_window_in_seconds) ?? 0,
        filters: patternsIn(source.filter_criteria),
        inputTemplate: shown(target.input_template),
        headers: new Map([...entriesOf(http.header_parameters), ...(destination?.headers ?? [])]),
        query: new Map(entriesOf(http.query_string_parameters)),
        destination,
      };
    },
  );
}

/** By ARN. */
function destinationsOf(reader: StackReader): ReadonlyMap<string, Destination> {
  const connections = new Map(
    reader.all(
      reader.each('aws_cloudwatch_event_connection', ['arn', 'authorization_type', 'auth_parameters']),
      (connection) => [text(connection, 'arn'), connection] as const,
    ),
  );
  return new Map(
    reader.all(
      reader.each('aws_cloudwatch_event_api_destination', [
        'arn',
        'connection_arn',
        'http_method',
        'invocation_endpoint',
        'invocation_rate_limit_per_second',
      ]),
      (destination) => {
        const connection = connections.get(text(destination, 'connection_arn'));
        return [
          text(destination, 'arn'),
          {
            url: text(destination, 'invocation_endpoint'),
            method: text(destination, 'http_method'),
            // EventBridge's own where nothing is said.
            rate: numeric(destination.attributes.get('invocation_rate_limit_per_second')) ?? 300,
            authorization: connection ? authorizationOf(connection) : 'that of a connection elsewhere',
            headers: connection ? addedHeaders(connection) : new Map(),
          },
        ] as const;
      },
    ),
  );
}

function authorizationOf(connection: PlanResource): string {
  const [parameters = {}] = blocks(connection.attributes.get('auth_parameters'));
  const [apiKey] = blocks(parameters.api_key);
  const [oauth] = blocks(parameters.oauth);
  const type = text(connection, 'authorization_type');
  if (apiKey) return `${type} in the header ${shown(apiKey.key)}`;
  return oauth ? `${type} with tokens of ${shown(oauth.authorization_endpoint)}` : type;
}

const addedHeaders = (connection: PlanResource): ReadonlyMap<string, string> =>
  new Map(
    blocks(connection.attributes.get('auth_parameters'))
      .flatMap(({ invocation_http_parameters }) => blocks(invocation_http_parameters))
      .flatMap(({ header }) => blocks(header))
      .map(({ key, value }) => [shown(key) ?? '', shown(value) ?? '']),
  );

const entriesOf = (value: unknown): readonly (readonly [string, string])[] =>
  Object.entries((value ?? {}) as object).map(([name, inner]) => [name, shown(inner) ?? '']);
