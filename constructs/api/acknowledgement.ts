import { callersFault, saysAnyOf } from './integration-responses';

/** An answer to a WebSocket client, by what SQS has said. */
export interface Acknowledgement {
  /**
   * `/regular expression/` for SQS's HTTP status, or `$default` for whatever no other matches.
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html
   */
  readonly key: string;
  readonly template: string;
}

const notAccepted = (message: string) =>
  `{"accepted":false,"requestId":"$context.requestId","message":"${message}"}`;

/**
 * Fail closed: only SQS's 2xx is an acknowledgement, and the default is none. A duplicate within five minutes is
 * accepted as well: its first is on the queue. Clients tell these answers from the function's reply, which has a
 * `connectionId`, by their field `accepted`.
 */
export const acknowledgements: readonly Acknowledgement[] = [
  { key: '/2\\d\\d/', template: '{"accepted":true,"requestId":"$context.requestId"}' },
  {
    key: '$default',
    template: [
      // Searched, not parsed: SQS answers some errors in XML. No message of a client is too large for a queue.
      `#if(${saysAnyOf(callersFault)})`,
      notAccepted('The queue cannot take this message'),
      '#else',
      notAccepted('Not accepted, try again later'),
      '#end',
    ].join(''),
  },
];
