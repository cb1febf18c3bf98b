import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../support/moto';

/** Debian has it where only root's PATH leads. */
const found = (name: string): string | undefined =>
  [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin']
    .map((folder) => path.join(folder, name))
    .find((file) => fs.existsSync(file));

/** Why there is no nginx here, or nothing to make certificates with. A run in CI wants both. */
export function nginxMissing(): string | undefined {
  // Elsewhere 127.0.0.1 is the only address of a machine's own.
  if (process.platform !== 'linux') return 'it needs the loopback addresses of Linux';
  const names = ['nginx', 'openssl'].filter((name) => found(name) === undefined);
  if (names.length === 0) return undefined;
  const missing = `${names.join(' and ')} cannot be found`;
  if (process.env.CI === 'true') throw new Error(`${missing}: with CI=true it is required`);
  return missing;
}

export interface Nginx {
  readonly port: number;
  /** A line for each request that is done with: its path, its status, and its time in seconds. */
  readonly accessLog: () => readonly string[];
  /** A line for each copy, in the format `combined`. */
  readonly mirrorLog: () => readonly string[];
  readonly stop: () => Promise<void>;
}

/** Runs nginx in `folder`, with `callbacks` in its server block, in front of the old server. */
export async function startNginx(
  folder: string,
  { callbacks, oldServer }: { readonly callbacks: string; readonly oldServer: number },
): Promise<Nginx> {
  const port = await freePort();
  const file = (name: string) => path.join(folder, name);
  fs.writeFileSync(file('callbacks.conf'), callbacks);
  // Whoever runs it as root lets its workers be nobody's otherwise, who may not enter the folder.
  const user = process.getuid?.() === 0 ? `user ${os.userInfo().username};` : '';
  fs.writeFileSync(
    file('nginx.conf'),
    `${user}
daemon off; worker_processes 1; pid nginx.pid; error_log error.log info;
events {}
http {
  log_format short '$uri $status $request_time'; access_log access.log short;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  sendfile on; tcp_nopush on;
  upstream old_server { server 127.0.0.1:${oldServer}; }
  server {
    listen 127.0.0.1:${port};
    include callbacks.conf;
    location / { proxy_pass http://old_server; }
  }
}
`,
  );
  const nginx = spawn(found('nginx') as string, ['-p', folder, '-c', 'nginx.conf', '-e', 'error.log'], {
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => nginx.once('exit', resolve));
  process.once('exit', () => nginx.kill());
  await listening(port, nginx, file('error.log'));
  const lines = (name: string) =>
    fs.existsSync(file(name)) ? fs.readFileSync(file(name), 'utf8').split('\n').slice(0, -1) : [];
  return {
    port,
    accessLog: () => lines('access.log'),
    mirrorLog: () => lines('mirror.log'),
    async stop() {
      nginx.kill();
      await ended;
    },
  };
}

async function listening(port: number, nginx: ChildProcess, log: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (nginx.exitCode !== null) throw new Error(`nginx ended:\n${fs.readFileSync(log, 'utf8')}`);
    const open = await new Promise<boolean>((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (open) return;
    await sleep(25);
  }
  throw new Error('nginx did not listen within 5 s');
}

export interface Certificate {
  /** With those that lead to the root. */
  readonly cert: string;
  readonly key: string;
}

/** A certificate of `host` behind two authorities, as Amazon's are behind one or two, and the root's file. */
export function certificateOf(
  host: string,
  folder: string,
): { readonly rootFile: string; readonly certificate: Certificate } {
  const file = (name: string) => path.join(folder, name);
  const authority = [
    '-addext',
    'basicConstraints=critical,CA:TRUE',
    '-addext',
    'keyUsage=critical,keyCertSign',
  ];
  const made = (name: string, issuer: string | undefined, extensions: readonly string[]) => {
    execFileSync(
      found('openssl') as string,
      [
        ...[
          'req',
          '-x509',
          '-newkey',
          'ec',
          '-pkeyopt',
          'ec_paramgen_curve:prime256v1',
          '-nodes',
          '-days',
          '2',
        ],
        ...['-subj', `/CN=${name}`, '-keyout', file(`${name}.key`), '-out', file(`${name}.pem`)],
        ...(issuer ? ['-CA', file(`${issuer}.pem`), '-CAkey', file(`${issuer}.key`)] : []),
        ...extensions,
      ],
      { stdio: 'pipe' },
    );
    return fs.readFileSync(file(`${name}.pem`), 'utf8');
  };
  made('root', undefined, []);
  const chain = [made('first', 'root', authority), made('second', 'first', authority)];
  const leaf = made('leaf', 'second', [
    '-addext',
    `subjectAltName=DNS:${host}`,
    '-addext',
    'basicConstraints=CA:FALSE',
  ]);
  return {
    rootFile: file('root.pem'),
    certificate: {
      cert: [leaf, ...chain.toReversed()].join(''),
      key: fs.readFileSync(file('leaf.key'), 'utf8'),
    },
  };
}
