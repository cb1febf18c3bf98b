import type { RuleStack } from './system';

/**
 * Whether real messages may go through a stack. An environment whose name does not say otherwise counts as production,
 * so that one with an unusual name is held to the stricter rules.
 */
export const isProduction = ({ environment }: RuleStack): boolean =>
  !/^(dev|devel|development|test|testing|qa|stage|staging|sandbox|local|demo|ci)(-|\d|$)/i.test(environment);
