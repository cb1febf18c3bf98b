/**
 * `terraform show -json <plan>`, as far as the review reads it.
 * https://developer.hashicorp.com/terraform/internals/json-format
 */
export interface TerraformPlan {
  readonly format_version: string;
  readonly resource_changes?: readonly PlannedChange[];
  /** What was changed outside Terraform since it last ran. */
  readonly resource_drift?: readonly PlannedChange[];
  readonly output_changes?: Readonly<Record<string, PlannedValues>>;
  readonly errored?: boolean;
  readonly [element: string]: unknown;
}

export interface PlannedChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly change: PlannedValues;
  /** Why it is replaced or destroyed: `replace_because_cannot_update`, `delete_because_no_resource_config`, … */
  readonly action_reason?: string;
}

export interface PlannedValues {
  /** Of two, the resource is replaced; their order says which comes first. */
  readonly actions: readonly ('no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget')[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly after_unknown?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  /** The attributes that force the replacement, as paths of names and indexes. */
  readonly replace_paths?: readonly (readonly (string | number)[])[];
}
