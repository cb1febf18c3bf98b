import { describe, expect, test } from 'vitest';
import { type NginxMirrorProps, nginxMirror } from '../../../constructs/api/nginx-mirror';

const example: NginxMirrorProps = {
  apiName: 'test-callback-receiver',
  host: '${aws_api_gateway_rest_api.api.id}.execute-api.ap-northeast-2.amazonaws.com',
  basePath: '/v1',
  resolvers: ['169.254.169.253'],
  callbacks: [{ path: '/shop/orders' }, { path: '/texts' }],
};

const mirror = (props: Partial<NginxMirrorProps> = {}) => nginxMirror({ ...example, ...props });

/** The directives of the location at a path, in their order. */
function directives(text: string, path: string): readonly string[] {
  const lines = text.split('\n');
  const from = lines.indexOf(`location = ${path} {`);
  return lines
    .slice(from + 1, lines.indexOf('}', from))
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

test('each callback goes on to the old server, and says where its copy belongs', () => {
  for (const path of ['/shop/orders', '/texts']) {
    expect(directives(mirror(), path)).toEqual([
      `set $callback_path /v1${path};`,
      'mirror /_mirror_to_queue;',
      'mirror_request_body on;',
      'client_body_buffer_size 256k;',
      'proxy_pass http://old_server;',
    ]);
  }
});

test('copies of POST requests go to the API by name, over verified TLS, for a few seconds at most', () => {
  expect(directives(mirror(), '/_mirror_to_queue')).toEqual([
    'internal;',
    'if ($request_method != POST) {',
    'return 204;',
    '}',
    'resolver 169.254.169.253 valid=10s ipv6=off;',
    'resolver_timeout 1s;',
    'set $callback_receiver ${aws_api_gateway_rest_api.api.id}.execute-api.ap-northeast-2.amazonaws.com;',
    'proxy_pass https://$callback_receiver$callback_path;',
    'proxy_http_version 1.1;',
    'proxy_pass_request_body on;',
    'proxy_set_header Host $callback_receiver;',
    'proxy_set_header Connection close;',
    'proxy_set_header Authorization "";',
    'proxy_set_header Cookie "";',
    'proxy_ssl_server_name on;',
    'proxy_ssl_name $callback_receiver;',
    'proxy_ssl_protocols TLSv1.2 TLSv1.3;',
    'proxy_ssl_verify on;',
    'proxy_ssl_verify_depth 3;',
    'proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;',
    'proxy_connect_timeout 1s;',
    'proxy_send_timeout 1s;',
    'proxy_read_timeout 2s;',
    'proxy_next_upstream_tries 2;',
    'log_subrequest on;',
    'access_log /var/log/nginx/callback-mirror.log combined;',
  ]);
});

describe('what nginx needs in another form', () => {
  test('several resolvers, IPv6 ones in brackets', () => {
    expect(mirror({ resolvers: ['10.0.0.2', 'fd00:ec2::253'] })).toContain(
      '  resolver 10.0.0.2 [fd00:ec2::253] valid=10s ipv6=off;\n',
    );
  });

  test('a domain that has the stage at its root', () => {
    const text = mirror({ host: 'gw.example.com', basePath: '' });
    expect(directives(text, '/texts')).toContain('set $callback_path /texts;');
    expect(text).toContain('  set $callback_receiver gw.example.com;\n');
  });
});

test('a callback that cannot be mirrored has no location, but its reason', () => {
  const text = mirror({ callbacks: [{ path: '/texts' }, { path: '/signed', unmirrored: 'it is signed' }] });
  expect(text).toContain('\n# /signed is not mirrored: it is signed.\n');
  expect(text).not.toContain('location = /signed');
});

test('Terraform reads nothing but the host as a template', () => {
  expect(mirror({ callbacks: [{ path: '/${path}' }] })).toContain('location = /$${path} {\n');
});
