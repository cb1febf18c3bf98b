import { describe, expect, it } from 'vitest';
import type { WebSocketReplySettings } from '../../../../../environments/environment';
import { dev, only, reviewOf, reviewOfEdit, told } from '../behaviour-subjects';

const clients = async (settings: WebSocketReplySettings, before: WebSocketReplySettings = {}) =>
  told(
    await reviewOf([{ ...only(dev), websocketReply: before }], [{ ...only(dev), websocketReply: settings }]),
  );

const edit = async (address: string, change: object | undefined) =>
  told(await reviewOfEdit(dev, 'websocket-reply', address, (block) => change && { ...block, ...change }));

const api = 'API dev-websocket-reply';
const route = 'WebSocket /v1 $default of dev';

describe('clients of a WebSocket API notice', () => {
  it('another stage, and nothing more of the address that goes with it', async () => {
    expect(await clients({ stageName: 'v2' })).toEqual([
      `attention, clients, ${api}: clients connect to /v2, no longer to /v1: those with the old address are refused`,
    ]);
  });

  it('authorization to connect', async () => {
    expect(await clients({ connectAuthorization: 'AWS_IAM' })).toEqual([
      `attention, clients, ${api}: authorization is AWS_IAM, was NONE: requests without it are refused from now on`,
    ]);
    expect(await clients({ connectAuthorization: 'NONE' })).toEqual([]);
    expect(await clients({}, { connectAuthorization: 'AWS_IAM' })).toEqual([
      `info, clients, ${api}: authorization is NONE, was AWS_IAM`,
    ]);
  });

  it('how the route of a message is chosen', async () => {
    expect(
      await edit('aws_apigatewayv2_api.api', { route_selection_expression: '$request.body.kind' }),
    ).toEqual([
      `attention, clients, ${api}: the route of a message is chosen by $request.body.kind, was $request.body.action`,
    ]);
  });

  it('routes that are gone and new', async () => {
    expect(await edit('aws_apigatewayv2_route.api_default_route', { route_key: 'send' })).toEqual([
      `attention, clients, ${route}: is gone: its messages go to $default, or are refused where there is no such route`,
      'info, clients, WebSocket /v1 send of dev: is new: its messages go to dev-websocket-messages.fifo',
    ]);
  });

  it('another model, and consumers another group', async () => {
    const review = await clients({
      queue: { kind: 'fifo', messageGroupId: { from: 'body', field: 'room' } },
    });
    expect(review).toEqual([
      `attention, clients, ${route}: bodies that were taken are refused from now on (Bad request body)`,
      `attention, consumers, ${route}: the group of a message is now the field room, was the field MessageGroupId: order holds within a group, and groups are worked on side by side`,
      `info, clients, ${route}: bodies that were refused are taken from now on`,
    ]);
  });

  it('that messages are answered at once, and no longer', async () => {
    expect(await clients({ acknowledgement: true })).toEqual([
      `attention, clients, ${route}: each message is answered at once with whether it is accepted, before the reply: clients must tell the two apart`,
    ]);
    expect(await clients({}, { acknowledgement: true })).toEqual([
      `attention, clients, ${route}: messages are no longer answered at once: clients that wait for that wait in vain`,
    ]);
  });

  it('that nothing is checked any longer', async () => {
    expect(
      await edit('aws_apigatewayv2_route.api_default_route', { model_selection_expression: null }),
    ).toEqual([
      `attention, consumers, ${route}: bodies are no longer checked against a model: whatever is sent arrives on the queue`,
    ]);
  });

  it('other code that answers', async () => {
    expect(await edit('aws_lambda_function.reply', { source_code_hash: 'other' })).toEqual([
      'info, clients, function dev-websocket-reply: runs other code from now on',
    ]);
  });

  it('an API that is gone from a stack that stays', async () => {
    expect(await edit('aws_apigatewayv2_stage.stage', undefined)).toContain(
      `attention, clients, ${api}: is gone: clients cannot connect any longer`,
    );
  });
});
