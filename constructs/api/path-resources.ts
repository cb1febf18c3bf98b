import { ApiGatewayResource } from '@cdktf/provider-aws/lib/api-gateway-resource';
import { Construct } from 'constructs';

/** The resource tree of a REST API: one resource a path segment, shared by all paths that begin with it. */
export class PathResources extends Construct {
  readonly #restApiId: string;
  readonly #rootResourceId: string;
  readonly #resources = new Map<string, ApiGatewayResource>();

  constructor(scope: Construct, id: string, api: { readonly id: string; readonly rootResourceId: string }) {
    super(scope, id);
    this.#restApiId = api.id;
    this.#rootResourceId = api.rootResourceId;
  }

  /**
   * The id of a path's resource; missing resources on the way there are made.
   * @param path with its leading slash
   */
  resourceId(path: string): string {
    const segments = path.split('/').slice(1);
    return segments.reduce((parentId, pathPart, index) => {
      const parts = segments.slice(0, index + 1);
      const key = parts.join('/');
      let resource = this.#resources.get(key);
      if (!resource) {
        // Two underscores for a slash: `/a/b` and `/a-b` get names of their own.
        resource = new ApiGatewayResource(this, parts.join('__'), {
          restApiId: this.#restApiId,
          parentId,
          pathPart,
        });
        this.#resources.set(key, resource);
      }
      return resource.id;
    }, this.#rootResourceId);
  }
}
