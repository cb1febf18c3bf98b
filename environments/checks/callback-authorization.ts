import { rule } from './check';

export const callbackAuthorization = rule(() => 'is not built yet: leave it out');
