import { rule } from './check';

export const apiKey = rule(() => 'is not built yet: leave it out');
