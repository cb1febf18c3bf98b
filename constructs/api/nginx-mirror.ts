import { literal } from '../../synthesis/literal';

export interface NginxMirrorProps {
  /** Who receives the callbacks, for whoever reads the file. */
  readonly apiName: string;
  /** Host of the API; usually with a reference, since API Gateway chooses the API's id. */
  readonly host: string;
  /** What comes before the callbacks' paths there: `/v1`; nothing where a domain has the stage at its root. */
  readonly basePath: string;
  /** IPv4 and IPv6 addresses of the DNS servers that nginx asks. */
  readonly resolvers: readonly string[];
  readonly callbacks: readonly MirroredCallback[];
}

export interface MirroredCallback {
  /** On the old server and, below `basePath`, at the API. */
  readonly path: string;
  /** Why requests for it cannot be mirrored, if so. */
  readonly unmirrored?: string | undefined;
}

/** The upstream that the file wants to find: the server that has answered until now. */
export const oldServerUpstream = 'old_server';

/**
 * What nginx, 1.13.4 or newer, includes in a `server` block so that the old server goes on answering the callbacks, and
 * the API gets a copy of each. What becomes of the copy changes no answer: responses to mirrors are ignored. It does
 * hold up the next request on the caller's connection, and the end of a connection that closes, hence the timeouts.
 * https://nginx.org/en/docs/http/ngx_http_mirror_module.html
 */
export function nginxMirror(props: NginxMirrorProps): string {
  const { apiName, host, callbacks } = props;
  const text = [
    heading(apiName),
    ...callbacks.map((callback) => callbackLocation(callback, props)),
    mirrorLocation(props),
  ].join('\n');
  // All but the host, which has Terraform's reference.
  return text.split(host).map(literal).join(host);
}

const heading = (apiName: string) => `\
# Callbacks go on being answered by the old server, and ${apiName} gets a copy of each.
# Include this in the server block, and name the old server in the http block:
#   upstream ${oldServerUpstream} { server 10.0.0.10:8080; }
# A location that is there already stays as it is, and gets the lines above proxy_pass.
`;

function callbackLocation({ path, unmirrored }: MirroredCallback, { basePath }: NginxMirrorProps): string {
  if (unmirrored !== undefined) return `# ${path} is not mirrored: ${unmirrored}.\n`;
  return `\
location = ${path} {
  set $callback_path ${basePath}${path};
  mirror /_mirror_to_queue;
  mirror_request_body on;
  # As much as a queue takes: no such body goes through a file.
  client_body_buffer_size 256k;
  proxy_pass http://${oldServerUpstream};
}
`;
}

const mirrorLocation = ({ host, resolvers }: NginxMirrorProps) => `\
location = /_mirror_to_queue {
  internal;
  if ($request_method != POST) {
    return 204;
  }

  # With a variable in proxy_pass the name is looked up again, since API Gateway's addresses change.
  # The allow-list of the API has the IPv4 address from which nginx calls.
  resolver ${resolvers.map(resolverAddress).join(' ')} valid=10s ipv6=off;
  resolver_timeout 1s;
  set $callback_receiver ${host};
  proxy_pass https://$callback_receiver$callback_path;

  proxy_http_version 1.1;
  proxy_pass_request_body on;
  proxy_set_header Host $callback_receiver;
  proxy_set_header Connection close;
  # The old server's own: the API needs neither.
  proxy_set_header Authorization "";
  proxy_set_header Cookie "";

  proxy_ssl_server_name on;
  proxy_ssl_name $callback_receiver;
  proxy_ssl_protocols TLSv1.2 TLSv1.3;
  proxy_ssl_verify on;
  proxy_ssl_verify_depth 3;
  proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;

  # A caller that keeps its connection waits for the copy before its next request is answered.
  proxy_connect_timeout 1s;
  proxy_send_timeout 1s;
  proxy_read_timeout 2s;
  proxy_next_upstream_tries 2;

  log_subrequest on;
  access_log /var/log/nginx/callback-mirror.log combined;
}
`;

/** nginx wants IPv6 addresses in brackets. https://nginx.org/en/docs/http/ngx_http_core_module.html#resolver */
const resolverAddress = (address: string) => (address.includes(':') ? `[${address}]` : address);
