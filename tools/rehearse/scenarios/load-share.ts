import type { Stage } from './scenario';

/** How many messages of a load are this flow's. */
export const shareOf = ({ flow, messages, world }: Stage): number =>
  Math.ceil(messages / world.system.flows.filter(({ kind }) => kind === flow.kind).length);

/** Whether no consumer ever takes a message of a load: one in the middle. @param number from 0 to below `count` */
export const isPoison = (number: number, count: number): boolean => number === Math.floor(count / 2);
