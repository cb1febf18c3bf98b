import { expect, test } from 'vitest';
import { synthesized } from '../../support/synthesized';
import { exampleReceiver } from './example-receiver';

const { resource } = synthesized(
  exampleReceiver({
    callbacks: [
      { name: 'scans', binaryContentTypes: ['image/png', 'application/pdf'] },
      { name: 'faxes', binaryContentTypes: ['image/png'] },
      { name: 'orders' },
    ],
  }).stack,
);

const off = synthesized(exampleReceiver({ callbacks: [{ name: 'orders' }] }).stack).resource;

const integration = (name: string) => resource.aws_api_gateway_integration?.[`api_${name}_route_integration`];

const attributes = [
  'MessageAttribute.1.Name=requestId',
  'MessageAttribute.1.Value.DataType=String',
  'MessageAttribute.1.Value.StringValue=$util.urlEncode($context.requestId)',
  'MessageAttribute.2.Name=sourceIp',
  'MessageAttribute.2.Value.DataType=String',
  'MessageAttribute.2.Value.StringValue=$util.urlEncode($context.identity.sourceIp)',
  'MessageAttribute.3.Name=receivedAt',
  'MessageAttribute.3.Value.DataType=Number',
  'MessageAttribute.3.Value.StringValue=$util.urlEncode($context.requestTimeEpoch)',
  'MessageAttribute.4.Name=contentType',
  'MessageAttribute.4.Value.DataType=String',
  'MessageAttribute.4.Value.StringValue=$util.urlEncode($header1)',
];

const header =
  '#set($header1 = "")#foreach($name in $input.params().header.keySet())#if($name.toLowerCase() == "content-type")#set($header1 = $input.params().header.get($name))#end#end';

const asText = [
  `Action=SendMessage${header}`,
  'MessageBody=$util.urlEncode($input.body)',
  ...attributes,
].join('&');

const asBase64 = [
  `Action=SendMessage${header}`,
  'MessageBody=#if($input.body != "{}")$util.urlEncode($input.body)#end',
  ...attributes,
  'MessageAttribute.5.Name=bodyEncoding',
  'MessageAttribute.5.Value.DataType=String',
  'MessageAttribute.5.Value.StringValue=base64',
].join('&');

test('the types of all callbacks are the API’s, each once', () => {
  expect(resource.aws_api_gateway_rest_api?.api?.binary_media_types).toEqual([
    'application/pdf',
    'image/png',
  ]);
});

test('a callback sends its binary types in base64, and its text as it is', () => {
  expect(integration('scans')).toMatchObject({
    content_handling: 'CONVERT_TO_TEXT',
    passthrough_behavior: 'NEVER',
    request_templates: {
      'application/json': asText,
      'application/pdf': asBase64,
      'image/png': asBase64,
    },
  });
  expect(Object.keys((integration('faxes')?.request_templates ?? {}) as object)).toEqual([
    'application/json',
    'image/png',
  ]);
});

test('a model checks JSON alone', () => {
  expect(resource.aws_api_gateway_method?.api_scans_route_method?.request_models).toEqual({
    'application/json': '${aws_api_gateway_model.api_scans_route_model.name}',
  });
});

test('another callback takes none of them, and no answer of the API becomes bytes', () => {
  expect(integration('orders')).toMatchObject({ request_templates: { 'application/json': asText } });
  expect(integration('orders')).not.toHaveProperty('content_handling');
  const responses = Object.values(resource.aws_api_gateway_integration_response ?? {});
  expect(responses).toHaveLength(6);
  expect(responses.map((response) => response.content_handling)).toEqual(Array(6).fill('CONVERT_TO_TEXT'));
});

test('without binary types nothing is converted', () => {
  expect(JSON.stringify(off)).not.toMatch(/binary_media_types|content_handling|bodyEncoding/);
});
