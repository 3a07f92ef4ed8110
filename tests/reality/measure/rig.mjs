import { execFileSync, spawn } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const run = (...command) =>
  execFileSync(command[0], command.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] }).toString();
const quietly = (...command) => {
  try {
    run(...command);
  } catch {
    // There was no such namespace: what it was for.
  }
};

/** The emulator, compiled where it is not, or older than its source. */
function emulator() {
  const binary = join(tmpdir(), 'hopscope-emu');
  const source = here('emu.c');
  const age = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (age(binary) < age(source)) run('cc', '-O2', '-Wall', '-o', binary, source);
  return binary;
}

/** Address of a port: 0 is the server's, the others are clients'. */
export const addressOf = (port) => `10.77.0.${port + 1}`;

/** Links of each of some kinds, [round trip in ms, loss from 0 to 1], so many times. @param seed of the first; the others follow */
export const linksOf = (kinds, copies, seed) =>
  Array.from({ length: copies }, () => kinds)
    .flat()
    .map(([rttMs, loss], index) => ({ rttMs, loss, seed: seed + index }));

/** The next that a process says on its standard output. */
export const said = (process) =>
  new Promise((resolve) => process.stdout.once('data', (data) => resolve(String(data))));

export const ended = (process) => new Promise((resolve) => process.once('exit', resolve));

/** What a process prints, as JSON, when its standard input ends. */
export async function resultOf(process) {
  let text = '';
  process.stdout.on('data', (chunk) => {
    text += chunk;
  });
  process.stdin.end();
  await ended(process);
  return JSON.parse(text);
}

/**
 * Builds the star and leaves it standing until `close`.
 * @param links one for each client: rttMs, loss (0 to 1, each direction), seed; jitterMs, rateBps, queueBytes if any
 * @param congestion `bbr` or `cubic`
 * @param capture a file for a pcap of every packet, or undefined
 */
export async function buildRig(links, congestion = 'bbr', capture = undefined) {
  const ports = [{ rttMs: 0, loss: 0, seed: 0 }, ...links];
  const names = ports.map((_, port) => `hopscope${port}`);
  for (const name of names) {
    quietly('ip', 'netns', 'del', name);
    run('ip', 'netns', 'add', name);
  }
  const config = join(tmpdir(), 'hopscope-emu.conf');
  const lines = ports.map(({ rttMs, loss, jitterMs = 0, rateBps = 0, queueBytes = 0, seed }, port) =>
    [names[port], addressOf(port), rttMs * 500, loss, jitterMs * 1000, rateBps, queueBytes, seed].join(' '),
  );
  writeFileSync(config, `${lines.join('\n')}\n`);
  const emu = spawn(emulator(), capture === undefined ? [config] : [config, capture], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await createInterface({ input: emu.stdout })[Symbol.asyncIterator]().next();
  names.forEach((name, port) => {
    run('ip', '-n', name, 'link', 'set', 'lo', 'up');
    run('ip', '-n', name, 'addr', 'add', `${addressOf(port)}/24`, 'dev', 'tun0');
    run('ip', '-n', name, 'link', 'set', 'tun0', 'mtu', '1500', 'txqueuelen', '10000', 'up');
    run('ip', '-n', name, 'route', 'replace', '10.77.0.0/24', 'dev', 'tun0', 'congctl', congestion);
    run('ip', 'netns', 'exec', name, 'sysctl', '-qw', 'net.ipv4.tcp_no_metrics_save=1');
  });
  return {
    /** Starts a program at a port. */
    spawn: (port, command, args, stdio = ['pipe', 'pipe', 'inherit']) =>
      spawn('ip', ['netns', 'exec', names[port], command, ...args], { stdio }),
    close() {
      emu.stdin.end();
      for (const name of names) quietly('ip', 'netns', 'del', name);
    },
  };
}
