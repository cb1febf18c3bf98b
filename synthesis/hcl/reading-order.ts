/**
 * Arguments that say what a block is stand before the others, in this order; CDKTF's bindings know the alphabet only.
 * A statement reads as its sentence goes: who it is, whether it allows, what, on what.
 */
export const LEADING_ARGUMENTS: readonly string[] = [
  'sid',
  'effect',
  'actions',
  'resources',
  'name',
  'function_name',
  'alarm_name',
  'bucket',
  'description',
  'type',
  'identifiers',
  'test',
  'variable',
  'values',
];

/** Blocks that stand before the others of a block: whom a statement speaks of, and then on what condition. */
export const LEADING_BLOCKS: readonly string[] = ['principals', 'not_principals', 'condition'];
