import type { IdSource } from '../simulation/ids';

/** A secret that exists outside the stacks. Plain data: it goes to other threads. */
export interface Secret {
  readonly arn: string;
  /** The customer managed key that encrypts it. */
  readonly keyArn: string | undefined;
}

export type VersionStage = 'AWSCURRENT' | 'AWSPREVIOUS';

export interface SecretVersion {
  readonly id: string;
  readonly text: string;
}

/** The secrets of an account, with values that are made up. */
export class SecretStore {
  readonly #versions = new Map<string, Partial<Record<VersionStage, SecretVersion>>>();

  #reads = 0;

  constructor(
    secrets: readonly Secret[],
    private readonly ids: IdSource,
  ) {
    for (const { arn } of secrets) this.#versions.set(arn, { AWSCURRENT: this.#made() });
  }

  /** How often someone has asked for a value. */
  get reads(): number {
    return this.#reads;
  }

  /** As someone asks for it. */
  read(arn: string, stage: VersionStage): SecretVersion | undefined {
    this.#reads++;
    return this.version(arn, stage);
  }

  version(arn: string, stage: VersionStage): SecretVersion | undefined {
    return this.#versions.get(arn)?.[stage];
  }

  /** Gives a secret a new value; the one before stays as its previous version. */
  rotate(arn: string): void {
    const { AWSCURRENT } = this.#versions.get(arn) ?? {};
    this.#versions.set(arn, {
      AWSCURRENT: this.#made(),
      ...(AWSCURRENT && { AWSPREVIOUS: AWSCURRENT }),
    });
  }

  #made(): SecretVersion {
    return { id: this.ids(), text: `made-up-${this.ids()}` };
  }
}
