import { rule } from './check';

export const domain = rule(() => 'is not built yet: leave it out');
