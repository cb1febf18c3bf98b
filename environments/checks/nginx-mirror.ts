import { rule } from './check';

export const nginxMirror = rule(() => 'is not built yet: leave it out');
