import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root, run } from './root.mjs';

const stampFile = join(root, 'node_modules', '.setup-stamp');
const lockFolder = join(
  tmpdir(),
  `hopscope-setup-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`,
);

/** Installs the dependencies unless exactly these are there. Talks on standard error only. */
export async function ensureInstalled() {
  refuseOldNode();
  if (installed()) return;
  await withLock(async () => {
    if (installed()) return; // somebody else did it while we waited
    process.stderr.write('Installing dependencies (only needed when they change) …\n');
    // `ci` empties node_modules, which would pull the floor from under whatever runs at this moment: only the first time.
    const verb = existsSync(join(root, 'node_modules')) ? ['install', '--no-save'] : ['ci'];
    // --include=dev: under NODE_ENV=production npm would leave the bundler out.
    const args = [...verb, '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    const code = await npm(args);
    if (code !== 0) {
      throw new Error(`npm ${args.join(' ')} failed (exit status ${code}). Is the npm registry reachable?`);
    }
    writeFileSync(stampFile, stamp());
  });
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`Hopscope needs Node 20.19 or newer; this is ${process.version}. See https://nodejs.org`);
}

function installed() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp() && wanted().every(isThere);
}

function wanted() {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.keys({ ...dependencies, ...devDependencies });
}

function isThere(name) {
  return existsSync(join(root, 'node_modules', name, 'package.json'));
}

function stamp() {
  const hash = createHash('sha256');
  for (const name of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(root, name)));
  return hash.update(`${process.platform} ${process.arch}`).digest('hex');
}

function npm(args) {
  // What npm prints belongs on standard error: `npm run sim -- --json` promises the report alone on standard output.
  const stdio = ['ignore', 2, 2];
  const self = process.env.npm_execpath;
  if (self && basename(self) === 'npm-cli.js') return run(process.execPath, [self, ...args], { stdio });
  const windows = process.platform === 'win32';
  return run(windows ? 'npm.cmd' : 'npm', args, { stdio, shell: windows });
}

/** Two commands started together on a fresh clone must not install into the same folder. */
async function withLock(work) {
  const owner = join(lockFolder, 'pid');
  for (;;) {
    try {
      mkdirSync(lockFolder);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (abandoned(owner)) rmSync(lockFolder, { recursive: true, force: true });
      else await sleep(200);
    }
  }
  try {
    writeFileSync(owner, String(process.pid));
    await work();
  } finally {
    rmSync(lockFolder, { recursive: true, force: true });
  }
}

const missingSince = new Map();

function abandoned(owner) {
  if (!existsSync(owner)) {
    // Its maker has not written it yet, or died before it could: give it two seconds.
    if (!missingSince.has(owner)) missingSince.set(owner, Date.now());
    return Date.now() - missingSince.get(owner) > 2000;
  }
  try {
    process.kill(Number(readFileSync(owner, 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
