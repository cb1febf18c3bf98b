import { dev } from './dev';
import type { Environment } from './environment';
import { prod } from './prod';

/** Every environment there is; a new one is added here. */
export const environments: readonly Environment[] = [dev, prod];
