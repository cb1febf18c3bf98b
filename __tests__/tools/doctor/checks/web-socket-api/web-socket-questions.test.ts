import { GetRoutesCommand, type GetRoutesResponse } from '@aws-sdk/client-apigatewayv2';
import { ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { expect, it } from 'vitest';
import { affectedBy } from '../../../../../tools/doctor/affected';
import type { Aws } from '../../../../../tools/doctor/aws/aws';
import { eventSourceMappings } from '../../../../../tools/doctor/checks/event-source-mappings/event-source-mappings';
import { questionsOf } from '../../../../../tools/doctor/checks/web-socket-api/web-socket-questions';
import { recorded } from '../../recorded';
import { planOf, plans } from './web-socket-subjects';

const plan = planOf('dev', 'websocket-reply');

/** AWS with one client, which answers in pages; it notes what it was asked. */
function paged<Command extends { readonly input: object }>(client: string, pages: readonly object[]) {
  const asked: { readonly command: Command; readonly resource: string }[] = [];
  let resource = '';
  const send = async (command: Command) => {
    asked.push({ command, resource });
    return pages[asked.length - 1];
  };
  const aws: Aws = {
    clients: { [client]: { send } } as unknown as Aws['clients'],
    ask: (permission, ask) => {
      resource = permission.resource;
      return ask();
    },
  };
  return { aws, asked };
}

it('a list of API Gateway is read to its last page', async () => {
  const pages: readonly Partial<GetRoutesResponse>[] = [
    { Items: [{ RouteKey: '$connect' }], NextToken: 'more' },
    { NextToken: 'last' },
    { Items: [{ RouteKey: '$default' }] },
  ];
  const { aws, asked } = paged<GetRoutesCommand>('apiGatewayV2', pages);
  expect(await questionsOf(plan, aws, 'a1').routes()).toEqual([
    { RouteKey: '$connect' },
    { RouteKey: '$default' },
  ]);
  expect(asked.every(({ command }) => command instanceof GetRoutesCommand)).toBe(true);
  expect(asked.map(({ command }) => command.input)).toEqual([
    { ApiId: 'a1', MaxResults: '500' },
    { ApiId: 'a1', MaxResults: '500', NextToken: 'more' },
    { ApiId: 'a1', MaxResults: '500', NextToken: 'last' },
  ]);
  expect(asked[0]?.resource).toBe('arn:aws:apigateway:ap-northeast-2::/apis/a1/routes');
});

it('event source mappings are read to their last page, each stack in one list', async () => {
  const [another, own] = recorded('event-source-mappings-dev').get(
    'lambda:ListEventSourceMappings *',
  ) as readonly object[];
  const { aws, asked } = paged<ListEventSourceMappingsCommand>('lambda', [
    { EventSourceMappings: [another], NextMarker: 'more' },
    { EventSourceMappings: [own] },
  ]);
  const { findings } = await eventSourceMappings.examine({ plan, affected: affectedBy(plans.dev), aws });
  expect(findings).toEqual([]);
  expect(asked.every(({ command }) => command instanceof ListEventSourceMappingsCommand)).toBe(true);
  expect(asked.map(({ command }) => command.input)).toEqual([{}, { Marker: 'more' }]);
});
