import { spawnSync } from 'node:child_process';
import { FLEET, told } from './fleet.ts';
import { MACHINES } from './machines.ts';
import { measure, print } from './measure.ts';
import { MM1 } from './mm1.ts';
import { profile } from './profile.ts';
import { APPEND, bytesPerRecord, HAND_OVER, READ } from './trace.ts';
import { NS3, results, WORLDS } from './world.ts';

function kernelAndFlows(): void {
  const mm1 = measure(MM1);
  print('M/M/1 at 90 % load, events', mm1, 'simjs, its facility', {
    'kernel, nothing traced': 12,
    'kernel, every event traced': 5,
  });
  const worlds = measure(WORLDS, 3);
  const bare = mm1.get('kernel, nothing traced')?.perSecond as number;
  console.log('\nWebSocket flows of 60 s, 20 messages a second, RTT 100 ms, 2 % loss: flow-seconds');
  for (const { name, perSecond, units } of worlds.values()) {
    const { events, packets, delivered, records } = results.get(name) as NonNullable<
      ReturnType<typeof results.get>
    >;
    const eventRate = (events * perSecond) / units;
    const against = NS3[name as keyof typeof NS3];
    const ratio = against === undefined ? '' : `, ${(perSecond / against).toFixed(1)} × ns-3 (C++)`;
    console.log(
      `  ${name.padEnd(30)}${perSecond.toFixed(0).padStart(8)}/s${ratio}; ${(eventRate / 1e6).toFixed(2)} M events/s = ` +
        `${((100 * eventRate) / bare).toFixed(0)} % of the bare kernel; ${packets} packets, ${delivered} delivered, ` +
        `${(events / delivered).toFixed(1)} events and ${(records / delivered).toFixed(1)} records a delivery`,
    );
  }
}

function machines(): void {
  print('machine steps', measure(MACHINES), 'XState transition()', {
    'compiled, 100,000 clients in turn': 40,
  });
}

function append(): void {
  print(`trace append (${bytesPerRecord()})`, measure(APPEND), 'array of objects', {
    'trace, columns and fingerprint': 4,
  });
}

function read(): void {
  print('trace read, records', measure(READ), 'windows of 1,000 records, found by time');
  print('hand-over from worker to page, records', measure(HAND_OVER), 'objects, cloned', {
    'the worker’s news, its buffers transferred': 200,
  });
}

function fleet(): void {
  console.log(
    '\nTen servers with 2,000 WebSocket clients each over Redis Pub/Sub, 50 updates a second: model seconds',
  );
  for (const { name, perSecond } of measure(FLEET, 1).values())
    console.log(`  ${name.padEnd(30)}${perSecond.toFixed(1).padStart(8)}/s; ${told.words}`);
}

async function parts(): Promise<void> {
  const traced = WORLDS.find(({ name }) => name === '50 flows, fully traced') as (typeof WORLDS)[number];
  const found = await profile(() => traced.run());
  console.log(`\n${traced.name}: where the time goes (each function's own, by folder)`);
  for (const { name, share } of found.filter((part) => part.share >= 0.01))
    console.log(`  ${name.padEnd(30)}${(100 * share).toFixed(1).padStart(6)} %`);
}

const SECTIONS: Record<string, () => void | Promise<void>> = {
  flows: kernelAndFlows,
  machines,
  append,
  read,
  fleet,
  parts,
};

const wished = process.argv.slice(2);
const unknown = wished.filter((name) => !Object.hasOwn(SECTIONS, name));
if (unknown.length > 0) {
  console.error(
    `npm run bench: no part is called ${unknown.join(' or ')}; there are ${Object.keys(SECTIONS).join(', ')}`,
  );
  process.exitCode = 2;
} else if (wished.length === 1) await SECTIONS[wished[0] as string]?.();
else {
  // Each in a process of its own: what one leaves on the heap, and what V8 made of its code, is not for the next to bear.
  console.log('Rates are per second of processor time, medians of interleaved rounds. Trust the ratios.');
  for (const name of wished.length > 0 ? wished : Object.keys(SECTIONS)) {
    const { status } = spawnSync(process.execPath, [process.argv[1] as string, name], { stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
}
