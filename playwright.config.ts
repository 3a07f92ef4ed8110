import { defineConfig } from '@playwright/test';

// scripts/test.mjs chooses a browser and a free port; a bare `playwright test` uses Playwright's own and 4173.
const port = Number(process.env.HOPSCOPE_PORT ?? 4173);
const executablePath = process.env.HOPSCOPE_CHROMIUM;
const baseURL = `http://127.0.0.1:${port}/`;

export default defineConfig({
  testDir: 'tests',
  testMatch: ['e2e/*.spec.ts', 'visual/*.spec.ts'],
  snapshotPathTemplate: 'tests/visual/pictures/{arg}{ext}',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // A test that passes the second time has found a race: it counts as failed.
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: {
    timeout: 15_000,
    // Letters may differ by a hair between machines; a card or a line that is missing is more than this.
    toHaveScreenshot: { animations: 'disabled', caret: 'hide', scale: 'css', maxDiffPixelRatio: 0.0008 },
  },
  reporter: [['list']],
  use: {
    baseURL,
    browserName: 'chromium',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // The same letters on every machine: no hinting, no subpixels, no colour profile of a screen.
      args: ['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb'],
    },
  },
  webServer: {
    command: `"${process.execPath}" node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
    url: baseURL,
    reuseExistingServer: !process.env.CI,
    timeout: 60_000,
  },
});
