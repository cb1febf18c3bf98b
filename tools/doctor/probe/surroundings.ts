import type { Environment } from '../../../environments/environment';
import type { Aws } from '../aws/aws';
import type { Limits, Waiting } from './waiting';

/** What the probe of a flow works with. */
export interface Surroundings {
  readonly aws: Aws;
  readonly environment: Environment;
  readonly waiting: Waiting;
  readonly limits: Limits;
  /** Of REST callbacks and of WebSocket clients, with the stage and without a slash at the end. */
  readonly restEndpoint: string | undefined;
  readonly webSocketEndpoint: string | undefined;
  /** The command that compares what is deployed: `npm run doctor -- dev`. */
  readonly doctor: string;
}
