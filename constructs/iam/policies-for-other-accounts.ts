import { TerraformOutput, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { PolicyDocument } from './policy-document';
import type { Statement } from './statement';

const constructId = 'policies-for-other-accounts';

/**
 * What the owners of queues, keys and roles in other accounts must allow, which nobody but they can write: an output
 * with a policy for each, by the ARN of what it is a policy of. Across accounts both sides must allow a request.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export class PoliciesForOtherAccounts extends Construct {
  readonly #policies = new Map<string, PolicyDocument>();
  readonly #output: TerraformOutput;

  private constructor(scope: Construct) {
    super(scope, constructId);
    this.#output = new TerraformOutput(scope, 'policies_for_other_accounts', {
      description: 'What owners in other accounts must allow, by the ARN of what it is a policy of',
      value: {},
    });
  }

  /** Those of the stack that `scope` is in; the first call makes them, and the output. */
  static of(scope: Construct): PoliciesForOtherAccounts {
    const stack = TerraformStack.of(scope);
    const there = stack.node.tryFindChild(constructId) as PoliciesForOtherAccounts | undefined;
    return there ?? new PoliciesForOtherAccounts(stack);
  }

  /** Adds statements; one that the policy has already, by its id, takes its place. @param arn of what it is a policy of */
  add(arn: string, ...statements: readonly Statement[]): void {
    const document =
      this.#policies.get(arn) ??
      new PolicyDocument(this, arn.replace(/^arn:[^:]+:/, '').replace(/[^\w-]+/g, '-'));
    this.#policies.set(arn, document);
    for (const statement of statements) document.set(statement);
    this.#output.value = Object.fromEntries([...this.#policies].map(([of, policy]) => [of, policy.json]));
  }
}
