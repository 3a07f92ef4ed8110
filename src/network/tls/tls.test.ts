import { expect, it } from 'vitest';
import type { Stream, StreamOwner } from '../../engine/contract/stream.ts';
import { createSim } from '../../engine/sim.ts';
import { Kernel } from '../../kernel/kernel.ts';
import { Trace } from '../../trace/trace.ts';
import type { TlsVersion } from './sizes.ts';
import { TlsEnd } from './tls.ts';

/** What each end sends for a handshake, in bytes, the client's as they are and the server's negative. */
function flights(version: TlsVersion, resumed: boolean): number[] {
  const sent: number[] = [];
  const kernel = new Kernel();
  const sim = createSim(kernel, new Trace('none'), 1);
  const owner: StreamOwner = { opened() {}, received() {}, ended() {}, closed() {} };
  const end = (role: 'client' | 'server') =>
    new TlsEnd(sim, { version, certificateBytes: 385 }, role, owner, resumed, (_, then) => then());
  const [client, server] = [end('client'), end('server')];
  const toward = (peer: TlsEnd, sign: number) =>
    ({
      connection: 1,
      write(bytes: number, unit: number) {
        sent.push(sign * bytes);
        sim.later(1, () => peer.received(unit));
      },
    }) as unknown as Stream;
  client.inner = toward(server, 1);
  server.inner = toward(client, -1);
  client.opened();
  kernel.run(1_000);
  return sent;
}

// Read off a proxy between a client and a server of Node 20.20.2, with one certificate signed by itself.
it.each([
  ['1.3', false, [243, -756, 80, -574]],
  ['1.3', true, [546, -241, 80]],
  ['1.2', false, [262, -598, 93, -258]],
  ['1.2', true, [486, -141, 51]],
] as const)('TLS %s (resumed: %s) is made of the flights that Node sends', (version, resumed, measured) => {
  expect(flights(version, resumed)).toEqual(measured);
});

it('what is written together shares its records, and their overhead', () => {
  const sent: number[] = [];
  const owner: StreamOwner = { opened() {}, received() {}, ended() {}, closed() {} };
  const end = new TlsEnd(
    createSim(new Kernel(), new Trace('none'), 1),
    { version: '1.3', certificateBytes: 385 },
    'server',
    owner,
    false,
    () => {},
  );
  end.inner = { connection: 1, write: (bytes: number) => sent.push(bytes) } as unknown as Stream;
  end.write(100, 1);
  for (const unit of [2, 3, 4]) end.write(100, unit, unit < 4);
  end.write(100, 5);
  expect(sent).toEqual([122, 100, 100, 122, 122]);
});
