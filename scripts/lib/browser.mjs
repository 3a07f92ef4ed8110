import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, tool } from './root.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const { ProgramFiles, LOCALAPPDATA } = process.env;
const elsewhere = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    `${ProgramFiles}\\Google\\Chrome\\Application\\chrome.exe`,
    `${LOCALAPPDATA}\\Google\\Chrome\\Application\\chrome.exe`,
    `${ProgramFiles} (x86)\\Microsoft\\Edge\\Application\\msedge.exe`,
  ],
};

/**
 * A Chromium for the browser tests: `{ path }` (undefined stands for Playwright's own), or `{ missing }`, a sentence
 * that says what to do.
 */
export async function findBrowser() {
  const wished = process.env.HOPSCOPE_CHROMIUM;
  if (wished) {
    return answers(wished)
      ? { path: wished }
      : { missing: `HOPSCOPE_CHROMIUM=${wished} is not a browser that starts.` };
  }
  if (await playwrightHasOne()) return {};
  const present = systemBrowser();
  if (present) return { path: present };

  process.stderr.write('No Chromium found; installing one for the browser tests …\n');
  const asRoot = process.getuid?.() === 0;
  // Debian's package first: it comes from the machine's own package source, where a download may be closed.
  if (asRoot && existsSync('/etc/debian_version') && (await aptInstalls())) {
    const installed = systemBrowser();
    if (installed) return { path: installed };
  }
  const args = ['install', ...(asRoot ? ['--with-deps'] : []), 'chromium'];
  if ((await tool('playwright', args, { stdio: ['ignore', 2, 2] })) === 0 && (await playwrightHasOne()))
    return {};
  return {
    missing:
      'No Chromium was found and none could be installed. Install Chromium or Google Chrome, or set ' +
      'HOPSCOPE_CHROMIUM=/path/to/it, then run npm test again.',
  };
}

async function playwrightHasOne() {
  const { chromium } = await import('@playwright/test');
  return existsSync(chromium.executablePath());
}

function systemBrowser() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...(elsewhere[process.platform] ?? [])].find(
    (path) => existsSync(path) && answers(path),
  );
}

/** Asking for the version weeds out Ubuntu's `chromium`, which only advertises a snap. */
function answers(path) {
  if (process.platform === 'win32') return existsSync(path); // Chrome for Windows opens a window instead of answering
  const asked = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return asked.status === 0 && /\d+\.\d+/.test(asked.stdout);
}

async function aptInstalls() {
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'ignore', 2] };
  try {
    await run('apt-get', ['update', '-qq'], options); // a stale source may fail and the package still install
    return (
      (await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options)) === 0
    );
  } catch {
    return false; // no apt-get
  }
}
