import { describe, expect, test } from 'vitest';
import type { CallbackReceiverSettings } from '../../environments/environment';
import { exampleCallback, receiver } from './example-environment';

const outputs = (settings: Partial<CallbackReceiverSettings>, region = 'ap-northeast-2') =>
  receiver({}, { region }, settings).output;

const mirror = (settings: Partial<CallbackReceiverSettings> = {}, region?: string) =>
  String(outputs({ nginxMirror: {}, ...settings }, region).nginx_mirror?.value);

test('without the setting there is no output, and no resource either way', () => {
  expect(Object.keys(outputs({}))).toEqual(['callback_urls', 'queue_arns', 'queue_urls']);
  expect(receiver({}, {}, { nginxMirror: {} }).resource).toEqual(receiver().resource);
});

describe('the output nginx_mirror', () => {
  test('says what it is for', () => {
    expect(outputs({ nginxMirror: {} }).nginx_mirror).toMatchObject({
      description: 'What nginx in front of the old server includes to send each callback here too',
    });
  });

  test('names the API by its id, which Terraform knows once there is one', () => {
    expect(mirror()).toContain(
      '  set $callback_receiver ${aws_api_gateway_rest_api.api.id}.execute-api.ap-northeast-2.amazonaws.com;\n',
    );
    expect(mirror({}, 'cn-north-1')).toContain('.execute-api.cn-north-1.amazonaws.com.cn;\n');
  });

  test('has a location for each callback, below the stage', () => {
    const callbacks = [exampleCallback, { ...exampleCallback, name: 'texts', path: '/texts' }];
    const text = mirror({ callbacks, stageName: 'v2' });
    expect(text).toContain('location = /orders {\n  set $callback_path /v2/orders;\n');
    expect(text).toContain('location = /texts {\n  set $callback_path /v2/texts;\n');
  });

  test('asks the resolver of the VPC, or the ones that are given', () => {
    expect(mirror()).toContain('  resolver 169.254.169.253 valid=');
    expect(mirror({ nginxMirror: { resolvers: ['10.0.0.2'] } })).toContain('  resolver 10.0.0.2 valid=');
  });

  test('leads through a domain where the execute-api address is out of service', () => {
    const domain = { name: 'gw.example.com', basePath: 'events', hostedZoneId: 'Z0123456789ABCDEFGHIJ' };
    expect(mirror({ domain, disableExecuteApiEndpoint: true })).toContain(
      '  set $callback_receiver gw.example.com;\n',
    );
    expect(mirror({ domain, disableExecuteApiEndpoint: true })).toContain('$callback_path /events/orders;\n');
    expect(mirror({ domain })).toContain('$callback_path /v1/orders;\n');
  });

  test('leaves out callbacks whose requests are signed for one host', () => {
    const authorization = { kind: 'aws-iam', callerRoleArns: [] } as const;
    const text = mirror({
      callbacks: [exampleCallback, { ...exampleCallback, name: 'signed', path: '/signed', authorization }],
    });
    expect(text).toContain(
      '# /signed is not mirrored: its requests are signed for the host that they were sent to.\n',
    );
  });
});
