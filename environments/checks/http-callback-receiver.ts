import { rule } from './check';

export const httpCallbackReceiver = rule(() => 'is not built yet: leave it out');
