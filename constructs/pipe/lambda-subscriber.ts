import type { ITerraformDependable } from 'cdktf';
import type { ServiceRole } from '../iam/service-role';
import type { Subscriber } from './subscriber';

export interface LambdaSubscriberProps {
  readonly functionArn: string;
  /** The function itself, where it is in this stack. */
  readonly ready?: readonly ITerraformDependable[];
}

/** A Lambda function as subscriber: an array of up to ten SQS records, of which it may give back the failed ones. */
export class LambdaSubscriber implements Subscriber {
  readonly targetArn: string;
  readonly batchSize = 10;
  readonly targetParameters = { lambdaFunctionParameters: { invocationType: 'REQUEST_RESPONSE' } } as const;
  readonly ready: readonly ITerraformDependable[];

  constructor(props: LambdaSubscriberProps) {
    this.targetArn = props.functionArn;
    this.ready = props.ready ?? [];
  }

  grantDeliver(role: ServiceRole): void {
    role.grant({
      sid: 'InvokeTheSubscriber',
      actions: ['lambda:InvokeFunction'],
      resources: [this.targetArn],
    });
  }
}
