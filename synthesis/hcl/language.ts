/** How Terraform reads a position of its own language. */
export type Position =
  /** An expression; strings are templates. */
  | 'template'
  /** A constant; strings are read as they stand. */
  | 'plain'
  /** A name or expression written as a JSON string, or a list of them. */
  | 'bare'
  /** A map of provider configurations, names on both sides. */
  | 'providers'
  /** A provider requirement: constants, and references in `configuration_aliases`. */
  | 'requirement';

/** What Terraform itself knows about the body of a block. */
export interface BodyRule {
  /** Arguments written before all others, in this order, set off by a blank line. */
  readonly first?: readonly string[];
  /** Arguments with a fixed reading, in the order in which they are written. */
  readonly attributes: Readonly<Record<string, Position>>;
  /** Nested blocks of the language; they follow the provider's own blocks in this order. */
  readonly blocks?: Readonly<Record<string, BlockRule>>;
  /** How any other key is read: by its provider's schema, or always as an argument. */
  readonly others: 'schema' | Position;
}

/** A nested block: how many labels it has and what its body is. */
export interface BlockRule {
  readonly labels: number;
  readonly body: BodyRule;
  /** Where the body's schema is found if not under the block's own name: by its first label, or around it. */
  readonly schemaFrom?: 'type' | 'around';
}

const condition: BlockRule = {
  labels: 0,
  body: { attributes: { condition: 'template', error_message: 'template' }, others: 'template' },
};

const lifecycle: BlockRule = {
  labels: 0,
  body: {
    attributes: {
      create_before_destroy: 'plain',
      prevent_destroy: 'plain',
      destroy: 'plain',
      ignore_changes: 'bare',
      replace_triggered_by: 'bare',
    },
    blocks: { precondition: condition, postcondition: condition },
    others: 'template',
  },
};

const connection: BlockRule = { labels: 0, body: { attributes: {}, others: 'template' } };

const provisioner: BlockRule = {
  labels: 1,
  body: { attributes: { when: 'bare', on_failure: 'bare' }, blocks: { connection }, others: 'template' },
};

const withInstances = {
  first: ['count', 'for_each', 'provider'],
  attributes: { count: 'template', for_each: 'template', provider: 'bare', depends_on: 'bare' },
  others: 'schema',
} as const satisfies BodyRule;

const data: BodyRule = { ...withInstances, blocks: { lifecycle } };

function backend(...blocks: readonly string[]): BodyRule {
  return {
    attributes: {},
    blocks: Object.fromEntries(blocks.map((name) => [name, { labels: 0, body: backend() }])),
    others: 'plain',
  };
}

/** Backends that have nested blocks; in all others an object is an argument. */
export const BACKENDS: Readonly<Record<string, BodyRule>> = {
  remote: backend('workspaces'),
  cos: backend('assume_role'),
  oss: backend('assume_role'),
  kubernetes: backend('exec'),
};

/** Terraform's own providers have no nested blocks at all. */
export const BUILT_IN_TYPES: ReadonlySet<string> = new Set(['terraform_data', 'terraform_remote_state']);

/** The top level of a configuration. */
export const LANGUAGE: Readonly<Record<string, BlockRule>> = {
  terraform: {
    labels: 0,
    body: {
      attributes: { required_version: 'plain', experiments: 'bare' },
      blocks: {
        required_providers: { labels: 0, body: { attributes: {}, others: 'requirement' } },
        backend: { labels: 1, body: backend() },
        cloud: { labels: 0, body: backend('workspaces') },
        provider_meta: { labels: 1, body: { attributes: {}, others: 'schema' } },
      },
      others: 'plain',
    },
  },
  provider: {
    labels: 1,
    body: { first: ['alias'], attributes: { alias: 'plain', version: 'plain' }, others: 'schema' },
  },
  variable: {
    labels: 1,
    body: {
      attributes: {
        description: 'plain',
        type: 'bare',
        default: 'plain',
        sensitive: 'plain',
        nullable: 'plain',
        ephemeral: 'plain',
      },
      blocks: { validation: condition },
      others: 'plain',
    },
  },
  locals: { labels: 0, body: { attributes: {}, others: 'template' } },
  module: {
    labels: 1,
    body: {
      first: ['source', 'version', 'count', 'for_each', 'providers'],
      attributes: {
        source: 'plain',
        version: 'plain',
        count: 'template',
        for_each: 'template',
        providers: 'providers',
        depends_on: 'bare',
      },
      others: 'template',
    },
  },
  resource: { labels: 2, body: { ...withInstances, blocks: { connection, provisioner, lifecycle } } },
  data: { labels: 2, body: data },
  ephemeral: { labels: 2, body: data },
  moved: { labels: 0, body: { attributes: { from: 'bare', to: 'bare' }, others: 'template' } },
  import: {
    labels: 0,
    body: {
      first: ['for_each', 'provider'],
      attributes: { for_each: 'template', provider: 'bare', to: 'bare', id: 'template' },
      others: 'template',
    },
  },
  removed: {
    labels: 0,
    body: {
      attributes: { from: 'bare' },
      blocks: { connection, provisioner, lifecycle },
      others: 'template',
    },
  },
  check: {
    labels: 1,
    body: {
      attributes: {},
      blocks: { data: { labels: 2, body: data, schemaFrom: 'type' }, assert: condition },
      others: 'template',
    },
  },
  output: {
    labels: 1,
    body: {
      attributes: {
        description: 'plain',
        value: 'template',
        sensitive: 'plain',
        ephemeral: 'plain',
        depends_on: 'bare',
      },
      blocks: { precondition: condition },
      others: 'template',
    },
  },
};
