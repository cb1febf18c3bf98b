import type { DomainSettings } from '../../../environments/environment';

/** `gw.example.com/events`: where an API's stage is under its domain. */
export const domainAddress = ({ name, basePath }: DomainSettings): string =>
  basePath === undefined ? name : `${name}/${basePath}`;
