import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document';
import type { Construct } from 'constructs';
import type { DeploymentAction } from './deployment/deployment-action';
import type { Action, Statement } from './statement';

type AnyStatement = Statement<Action | DeploymentAction>;

/**
 * A `data "aws_iam_policy_document"` whose statements are added one by one.
 *
 * It never has `depends_on`: Terraform defers a data source with pending dependencies, and the policy's text would
 * be missing from the first plan. Where order matters it is put on the resource that uses the document.
 */
export class PolicyDocument {
  readonly #statements: AnyStatement[] = [];
  readonly #data: DataAwsIamPolicyDocument;

  constructor(scope: Construct, id: string) {
    this.#data = new DataAwsIamPolicyDocument(scope, id);
  }

  /** @throws Error when a statement with the same id is already there: IAM wants ids unique in a document. */
  add(...statements: readonly AnyStatement[]): this {
    for (const statement of statements) {
      if (this.#statements.some(({ sid }) => sid === statement.sid)) {
        throw new Error(
          `${this.#data.node.path}: the policy already has a statement "${statement.sid}"; statement ids are unique within a policy, name this one after what it is for`,
        );
      }
      this.#statements.push(statement);
    }
    this.#data.putStatement(this.#statements.map(toBlock));
    return this;
  }

  /** Adds a statement, or puts it in the place of the one that has its id: where what it is about grows. */
  set(statement: AnyStatement): this {
    const index = this.#statements.findIndex(({ sid }) => sid === statement.sid);
    if (index < 0) return this.add(statement);
    this.#statements[index] = statement;
    this.#data.putStatement(this.#statements.map(toBlock));
    return this;
  }

  /** The document as a reference to its JSON. */
  get json(): string {
    return this.#data.json;
  }
}

function toBlock({ sid, effect, actions, resources, principals, conditions }: AnyStatement) {
  return {
    sid,
    effect: effect ?? 'Allow',
    ...(principals && {
      principals: principals.map((p) => ({ type: p.type, identifiers: [...p.identifiers] })),
    }),
    actions: [...actions],
    ...(resources && { resources: [...resources] }),
    ...(conditions && { condition: conditions.map((c) => ({ ...c, values: [...c.values] })) }),
  };
}
