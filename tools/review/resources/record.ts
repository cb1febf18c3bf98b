export type Fields = Readonly<Record<string, unknown>>;

/** Whatever stands in a plan or a configuration, as fields where it has some. */
export const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Terraform's JSON syntax writes one block as itself or as a list of one. */
export const firstBlock = (value: unknown): Fields => fields(Array.isArray(value) ? value[0] : value);

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
