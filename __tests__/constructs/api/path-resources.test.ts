import { ApiGatewayRestApi } from '@cdktf/provider-aws/lib/api-gateway-rest-api';
import { TerraformOutput } from 'cdktf';
import { expect, test } from 'vitest';
import { PathResources } from '../../../constructs/api/path-resources';
import { exampleStack, synthesized } from '../../support/synthesized';

/** The resources that these paths need, and which resource each path ends at. */
function resourcesOf(...paths: readonly string[]) {
  const stack = exampleStack();
  const api = new ApiGatewayRestApi(stack, 'api', { name: 'dev-api' });
  const resources = new PathResources(stack, 'paths', api);
  new TerraformOutput(stack, 'ends', { value: paths.map((path) => resources.resourceId(path)) });
  const { resource, output } = synthesized(stack);
  return { resources: resource.aws_api_gateway_resource, ends: output.ends?.value };
}

const part = (pathPart: string, parent = 'aws_api_gateway_rest_api.api.root_resource_id') => ({
  rest_api_id: '${aws_api_gateway_rest_api.api.id}',
  parent_id: `\${${parent}}`,
  path_part: pathPart,
});

test('a path has a resource for each of its segments', () => {
  expect(resourcesOf('/a/b/c')).toEqual({
    resources: {
      paths_a: part('a'),
      paths_a__b: part('b', 'aws_api_gateway_resource.paths_a.id'),
      paths_a__b__c: part('c', 'aws_api_gateway_resource.paths_a__b.id'),
    },
    ends: ['${aws_api_gateway_resource.paths_a__b__c.id}'],
  });
});

test('paths that begin alike share the resources of their beginning', () => {
  expect(resourcesOf('/a/b', '/a/c')).toEqual({
    resources: {
      paths_a: part('a'),
      paths_a__b: part('b', 'aws_api_gateway_resource.paths_a.id'),
      paths_a__c: part('c', 'aws_api_gateway_resource.paths_a.id'),
    },
    ends: ['${aws_api_gateway_resource.paths_a__b.id}', '${aws_api_gateway_resource.paths_a__c.id}'],
  });
});

test('a path may end where another goes on', () => {
  expect(resourcesOf('/a/b', '/a')).toEqual({
    resources: {
      paths_a: part('a'),
      paths_a__b: part('b', 'aws_api_gateway_resource.paths_a.id'),
    },
    ends: ['${aws_api_gateway_resource.paths_a__b.id}', '${aws_api_gateway_resource.paths_a.id}'],
  });
});

test('a hyphen is no slash', () => {
  expect(resourcesOf('/a-b', '/a/b')).toEqual({
    resources: {
      paths_a_b: part('a-b'),
      paths_a: part('a'),
      paths_a__b: part('b', 'aws_api_gateway_resource.paths_a.id'),
    },
    ends: ['${aws_api_gateway_resource.paths_a_b.id}', '${aws_api_gateway_resource.paths_a__b.id}'],
  });
});

test('the same segment under two parents is two resources', () => {
  expect(resourcesOf('/a/events', '/b/events')).toEqual({
    resources: {
      paths_a: part('a'),
      paths_a__events: part('events', 'aws_api_gateway_resource.paths_a.id'),
      paths_b: part('b'),
      paths_b__events: part('events', 'aws_api_gateway_resource.paths_b.id'),
    },
    ends: [
      '${aws_api_gateway_resource.paths_a__events.id}',
      '${aws_api_gateway_resource.paths_b__events.id}',
    ],
  });
});

test('a segment with two underscores is not taken for two segments', () => {
  expect(() => resourcesOf('/a/b', '/a__b')).toThrow(/There is already a Construct with name 'a__b'/);
});
