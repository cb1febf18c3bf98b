/** What happens to one resource of a stack. */
export interface ResourceChange {
  readonly stackId: string;
  /** Terraform's address within the stack: `aws_sqs_queue.delivery_results_queue`. */
  readonly address: string;
  readonly type: string;
  readonly action: 'add' | 'change' | 'replace' | 'destroy';
  /** The name it has in AWS, or what else a person knows it by; nothing where it has none of its own. */
  readonly name: string | undefined;
  /** What differs, by its path: `message_retention_seconds`, `environment.variables.BUCKET_NAME`. */
  readonly attributes: readonly AttributeChange[];
  /** The attributes that force a replacement, by their paths. */
  readonly forcedBy: readonly string[];
  /** Known from Terraform's plan, not only from the two configurations. */
  readonly planned: boolean;
}

/** One attribute; a value that is not there, or is not known before it is applied, is absent. */
export interface AttributeChange {
  readonly path: string;
  /** Plain text, masked. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}
