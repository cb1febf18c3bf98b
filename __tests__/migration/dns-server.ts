import dgram from 'node:dgram';

/** A DNS server of one name; what it answers can be changed. */
export interface DnsServer {
  readonly port: number;
  /** The address that it gives; `silence` answers nothing, `unknown` says that there is no such name. */
  answer: string | 'silence' | 'unknown';
  /** Names that were asked for, each time. */
  readonly asked: readonly string[];
  readonly close: () => void;
}

const nameError = 3;

/** https://www.rfc-editor.org/rfc/rfc1035#section-4 */
export async function startDns(address: string): Promise<DnsServer> {
  const socket = dgram.createSocket('udp4');
  const asked: string[] = [];
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const server: DnsServer = {
    port: socket.address().port,
    answer: address,
    asked,
    close: () => void socket.close(),
  };
  socket.on('message', (query, from) => {
    const { name, end } = questionOf(query);
    asked.push(name);
    if (server.answer === 'silence') return;
    const known = server.answer !== 'unknown';
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8180 | (known ? 0 : nameError), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(known ? 1 : 0, 6);
    // The name as in the question, an IPv4 address of the internet, for an hour, in four bytes.
    const record = Buffer.from([
      0xc0,
      12,
      0,
      1,
      0,
      1,
      0,
      0,
      0x0e,
      0x10,
      0,
      4,
      ...server.answer.split('.').map(Number),
    ]);
    socket.send(
      Buffer.concat([header, query.subarray(12, end), ...(known ? [record] : [])]),
      from.port,
      from.address,
    );
  });
  return server;
}

function questionOf(query: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.'), end: at + 5 };
}
