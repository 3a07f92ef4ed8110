import type { Page } from '@playwright/test';
import { launch, openScenario, SIZE, serve, settle } from './browser.ts';
import { ANSWERING, barePage, type Frames, scrub, start, watchFrames } from './probe.ts';
import { CROWD, MILLION } from './scenarios.ts';

const TABS = ['Ladder', 'Connections', 'Machine', 'Log', 'Packets'] as const;
const PLAY_MS = Number(process.env.PLAY_MS ?? 2500);
const FRAME_MS = 1000 / 60;
const LONG_TASK_MS = 50;

const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
};
const ms = (value: number) => `${value.toFixed(1).padStart(6)} ms`;
const verdict = (good: boolean) => (good ? ' ✓' : ' ✗');
const rate = ({ gapsMs }: Frames) => (1000 * gapsMs.length) / gapsMs.reduce((sum, gap) => sum + gap, 0);

const join = (parts: readonly Frames[]): Frames => ({
  gapsMs: parts.flatMap(({ gapsMs }) => gapsMs),
  longTasksMs: parts.flatMap(({ longTasksMs }) => longTasksMs),
});

function line(name: string, frames: Frames, bare: Frames | null): string {
  const { gapsMs, longTasksMs } = frames;
  const share =
    bare === null ? '' : ` ${((100 * rate(frames)) / rate(bare)).toFixed(0).padStart(4)} % of bare`;
  const tasks =
    longTasksMs.length === 0 ? 'none' : `${longTasksMs.length}, longest ${Math.max(...longTasksMs)} ms`;
  const good = bare === null || (rate(frames) >= 0.95 * rate(bare) && longTasksMs.length === 0);
  return (
    `  ${name.padEnd(34)}${rate(frames).toFixed(1).padStart(6)} fps${share}; frames p50 ${ms(quantile(gapsMs, 0.5))}, ` +
    `p95 ${ms(quantile(gapsMs, 0.95))}, max ${ms(Math.max(...gapsMs))}; tasks over ${LONG_TASK_MS} ms: ${tasks}` +
    (bare === null ? '' : verdict(good))
  );
}

async function playFor(page: Page, fromUs: number, forMs: number): Promise<Frames> {
  await page.bringToFront(); // what lies behind is drawn once a second
  await page.evaluate((us) => window.hopscope?.seek(us), fromUs);
  await page.waitForTimeout(300);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  const frames = await page.evaluate(watchFrames, forMs);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  return frames;
}

async function bareFor(page: Page, forMs: number): Promise<Frames> {
  await page.bringToFront();
  await page.evaluate(() => window.bare?.run(true));
  const frames = await page.evaluate(watchFrames, forMs);
  await page.evaluate(() => window.bare?.run(false));
  return frames;
}

const { url, close } = await serve();
try {
  const browser = await launch(false);
  console.log(
    `Chromium ${browser.version()}, ${SIZE.width}×${SIZE.height}, no graphics card. Trust the ratios.`,
  );

  const starts: Awaited<ReturnType<typeof start>>[] = [];
  for (let round = 0; round < 5; round++) {
    const context = await browser.newContext({ viewport: SIZE });
    const page = await context.newPage();
    await page.goto(url);
    starts.push(await page.evaluate(start));
    await context.close();
  }
  const paintMs = quantile(
    starts.map((one) => one.paintMs),
    0.5,
  );
  const simulatedMs = quantile(
    starts.map((one) => one.simulatedMs),
    0.5,
  );
  console.log(`\nFirst visit: painted after ${ms(paintMs)}, the race simulated after ${ms(simulatedMs)}`);

  const context = await browser.newContext({ viewport: SIZE });
  const bare = await context.newPage();
  await bare.setContent(barePage(2000));
  const page = await context.newPage();
  for (const what of ['race', 'crowd'] as const) {
    if (what === 'race') {
      await page.goto(`${url}#/play?preset=race&t=3000`);
      await settle(page);
    } else await openScenario(page, url, CROWD);
    console.log(`\nPlaying ${what === 'race' ? 'the race' : 'with 2,400 packets in flight'}`);
    for (const speed of ['1/10×', '1×']) {
      await page.getByLabel('Speed, in model seconds a second').selectOption({ label: speed });
      const bares: Frames[] = [];
      const played = new Map<string, Frames>();
      for (const tab of TABS) {
        await page.getByRole('tab', { name: tab }).click();
        await settle(page);
        bares.push(await bareFor(bare, PLAY_MS / 2));
        played.set(`${speed}, ${tab}`, await playFor(page, 4_000_000, PLAY_MS));
      }
      const all = join(bares);
      console.log(line(`${speed}, a bare loop of 2,000 squares`, all, null));
      for (const [name, frames] of played) console.log(line(name, frames, all));
    }
  }

  await openScenario(page, url, MILLION);
  const records = await page.evaluate(() => window.hopscope?.records() ?? 0);
  console.log(
    `\nScrubbing a trace of ${records.toLocaleString('en')} records: work of the frame that answers, and of the longest of ${ANSWERING} that draw all`,
  );
  const shares = Array.from({ length: 40 }, (_, i) => ((i * 0.618) % 1) * 0.95);
  for (const tab of TABS) {
    await page.getByRole('tab', { name: tab }).click();
    await settle(page);
    const works = await page.evaluate(scrub, { shares, endUs: 32_000_000, frames: ANSWERING });
    const figures = (of: number[]) =>
      `p50 ${ms(quantile(of, 0.5))}, p95 ${ms(quantile(of, 0.95))}, max ${ms(Math.max(...of))}`;
    console.log(
      `  ${tab.padEnd(14)}${figures(works.firstMs)}; longest ${figures(works.longestMs)}${verdict(quantile(works.longestMs, 0.95) <= FRAME_MS)}`,
    );
  }
  await browser.close();

  const fast = await launch(true);
  const free = await fast.newContext({ viewport: SIZE });
  const freeBare = await free.newPage();
  await freeBare.setContent(barePage(2000));
  const freePage = await free.newPage();
  await openScenario(freePage, url, CROWD);
  const bares: Frames[] = [];
  const apps: Frames[] = [];
  for (let round = 0; round < 3; round++) {
    bares.push(await bareFor(freeBare, 1000));
    apps.push(await playFor(freePage, 4_000_000, 2000));
  }
  console.log('\nFrames as fast as they are made, 2,400 packets in flight');
  console.log(line('a bare loop of 2,000 squares', join(bares), null));
  console.log(line('the page', join(apps), null));
  await fast.close();
} finally {
  await close();
}
