import type { Plan } from '../plan/plan';
import type { Affected } from './affected';
import type { Aws } from './aws/aws';
import type { Finding } from './finding';

/** What one kind of resource of a stack is held against. */
export interface Check {
  /** What was looked at, for the report: `queues`. */
  readonly name: string;
  /** Everything that `examine` may ask AWS for about the plan's resources; the doctor's own policy is made of it. */
  readonly permissions: (plan: Plan) => readonly Permission[];
  /** Compares what AWS has with what the plan says. */
  readonly examine: (subject: Subject) => Promise<Examined>;
}

export interface Subject {
  /** Of one stack, with the ids that AWS gave. */
  readonly plan: Plan;
  /** Who notices a defect, over all stacks of the environment. */
  readonly affected: Affected;
  readonly aws: Aws;
}

export interface Examined {
  /** How many resources were looked at, found or not. */
  readonly resources: number;
  readonly findings: readonly Finding[];
}

/** An action on a resource, as IAM writes them. */
export interface Permission {
  /** `sqs:GetQueueAttributes`. */
  readonly action: string;
  /** An ARN, `*` at most where AWS defines no narrower one. */
  readonly resource: string;
}
