import { type Browser, chromium, type Page } from '@playwright/test';
import { preview } from 'vite';
import { encodeScenario } from '../../../src/scenarios/link-codec.ts';
import type { ScenarioInput } from '../../../src/scenarios/validate.ts';

export const SIZE = { width: 1440, height: 900 };

/** Serves the built app in this process. */
export async function serve(): Promise<{ url: string; close(): Promise<void> }> {
  const server = await preview({
    logLevel: 'warn',
    preview: { host: '127.0.0.1', port: 4173, strictPort: false },
  });
  const url = server.resolvedUrls?.local[0] ?? '';
  return { url, close: () => server.close() };
}

/** @param unlimited frames come as fast as they are made, so that it shows how much room there is */
export const launch = (unlimited: boolean): Promise<Browser> => {
  const executablePath = process.env.HOPSCOPE_CHROMIUM;
  return chromium.launch({
    ...(executablePath && { executablePath }),
    args: unlimited ? ['--disable-frame-rate-limit', '--disable-gpu-vsync'] : [],
  });
};

/** Opens a scenario, and waits until it is simulated. */
export async function openScenario(page: Page, url: string, scenario: ScenarioInput): Promise<void> {
  await page.goto(`${url}#/play?s=${await encodeScenario(scenario)}&t=4000`);
  await page.waitForFunction(() => window.hopscope !== undefined);
  await page.evaluate(() => window.hopscope?.fingerprint());
  await settle(page);
}

/** Until what comes later has come. */
export const settle = (page: Page) => page.waitForTimeout(700);
