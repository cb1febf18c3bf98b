import type { Fields } from './record';

/** What a resource that goes was. */
export interface Before {
  readonly attributes: Fields;
  readonly name: string | undefined;
  readonly isDeadLetterQueue: boolean;
  /** The queues that it encrypts, by their names. */
  readonly queues: readonly string[];
}

/** Of how many queues the names are shown. */
const most = 3;

export interface Stateful {
  /** Nothing where the resource is kept after all. */
  readonly lost: (before: Before) => string | undefined;
  readonly wayOut: string;
}

/** Types that hold something, or on which others rely by an address that AWS gives. */
export const stateful: Readonly<Record<string, Stateful>> = {
  aws_sqs_queue: {
    lost: ({ isDeadLetterQueue }) =>
      isDeadLetterQueue ? 'the dead letters in it are lost' : 'what waits in it is lost',
    wayOut: 'keep it until its consumer has emptied it, and take it away in a change of its own',
  },
  aws_kms_key: {
    lost: ({ attributes: { deletion_window_in_days: days = 30 }, queues }) => {
      const more = queues.length > most ? ` and ${queues.length - most} more queues` : '';
      const what =
        queues.length > 0 ? `, such as the messages in ${queues.slice(0, most).join(', ')}${more},` : '';
      return `what it encrypts${what} can no longer be read, and never again once its deletion window of ${String(days)} days has passed`;
    },
    wayOut:
      'keep the old key until nothing is encrypted with it; aws kms cancel-key-deletion brings it back within the window',
  },
  aws_api_gateway_rest_api: {
    lost: () => 'its address changes, and every caller has to be told the new one',
    wayOut: 'add the new API beside it, or put a custom domain in front, until every caller has moved',
  },
  aws_apigatewayv2_api: {
    lost: ({ attributes }) =>
      attributes.protocol_type === 'WEBSOCKET'
        ? 'its address changes, open connections end, and every client has to be told the new one'
        : 'its address changes, and every caller has to be told the new one',
    wayOut: 'add the new API beside it, or put a custom domain in front, until every caller has moved',
  },
  aws_apigatewayv2_domain_name: {
    lost: () =>
      'callers of its name get no answer; one made again has another target, to which the name must point',
    wayOut: 'add the new name beside it, and take this one away when every caller has moved',
  },
  aws_apigatewayv2_api_mapping: {
    lost: () => 'callers of its path get 403 until there is another',
    wayOut: 'apply it while little arrives; callers repeat what is refused',
  },
  aws_s3_bucket: {
    lost: ({ attributes }) =>
      attributes.force_destroy === true
        ? 'its objects are deleted with it'
        : 'its objects are at stake: AWS refuses to delete a bucket that is not empty, and the apply stops there',
    wayOut: 'copy its objects first, or take it out of the state with a removed block',
  },
  aws_cloudwatch_log_group: {
    lost: ({ attributes }) => (attributes.skip_destroy === true ? undefined : 'its logs are deleted'),
    wayOut: 'export its logs first, or keep it with skip_destroy',
  },
  aws_dynamodb_table: {
    lost: () => 'its items are deleted',
    wayOut: 'make a backup first, and restore it into the new table',
  },
  aws_secretsmanager_secret: {
    lost: ({ attributes: { recovery_window_in_days: days = 30 } }) =>
      days === 0
        ? 'its value is deleted at once'
        : `its value is deleted after ${String(days)} days, and its name is taken until then`,
    wayOut:
      'put its value into the new one first; aws secretsmanager restore-secret brings it back within that time',
  },
  aws_cloudwatch_event_api_destination: {
    lost: () => 'deliveries stop until a new one stands; messages wait in the queue as long as it keeps them',
    wayOut: 'apply it while little arrives, and look at the age alarm of the queue',
  },
  aws_cloudwatch_event_connection: {
    lost: () => 'deliveries stop until a new one stands; messages wait in the queue as long as it keeps them',
    wayOut: 'apply it while little arrives, and look at the age alarm of the queue',
  },
  aws_pipes_pipe: {
    lost: () =>
      'nothing is delivered until a new one runs; messages wait in the queue as long as it keeps them',
    wayOut: 'apply it while little arrives, and look at the age alarm of the queue',
  },
  aws_lambda_event_source_mapping: {
    lost: () =>
      'nothing is consumed until a new one is enabled; messages wait in the queue as long as it keeps them',
    wayOut: 'apply it while little arrives, and look at the age alarm of the queue',
  },
};

/** Whether it matters much when a resource of the type goes. */
export const isStateful = (type: string): boolean => Object.hasOwn(stateful, type);
