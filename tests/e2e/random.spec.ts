import { expect, open, type Page, troubled as test } from './page.ts';
import { Hand } from './random/hand.ts';

/**
 * Anything at all is done to the page, from several seeds. More of it, or one failure again:
 * `HOPSCOPE_RANDOM_SEEDS=17,18 HOPSCOPE_RANDOM_STEPS=2000 npx playwright test random`.
 */
const SEEDS = (process.env.HOPSCOPE_RANDOM_SEEDS ?? '1,2,3,4').split(',').map(Number);
const STEPS = Number(process.env.HOPSCOPE_RANDOM_STEPS ?? 300);
const BURST = 15;
/** Bursts after which the link is opened elsewhere. */
const LINKED = 4;

// A recording of each of so many steps would take longer than all of them.
test.use({ trace: 'off' });

for (const seed of SEEDS) {
  test(`anything at random, seed ${seed}`, async ({ page, context }) => {
    test.setTimeout(60_000 + STEPS * 1000);
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(error.stack ?? String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') troubles.push(message.text());
    });
    page.on('crash', () => troubles.push('the page crashed'));
    page.on(
      'filechooser',
      (chooser) =>
        void chooser
          .setFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{') })
          .catch(() => {}),
    );
    page.on('popup', (popup) => void popup.close());
    await open(page);
    const other = await context.newPage();
    await page.bringToFront();
    const hand = new Hand(page, seed);
    for (let step = 0; step < STEPS; step += BURST) {
      await within(hand, seed, async () => {
        for (let i = 0; i < BURST; i++) await hand.step();
        expect(troubles, 'errors').toEqual([]);
        await expectAlive(page);
        if ((step / BURST) % LINKED === LINKED - 1) await expectSameFromLink(page, other);
        expect(troubles, 'errors').toEqual([]);
      });
    }
  });
}

/** A failure says how to get there again. */
async function within(hand: Hand, seed: number, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const last = hand.done
      .slice(-2 * BURST)
      .map((what, i) => `  ${Math.max(0, hand.done.length - 2 * BURST) + i + 1}. ${what}`);
    console.log(`Seed ${seed}, step ${hand.done.length}:\n${last.join('\n')}`);
    throw error;
  }
}

/** The page shows something, and its player moves when it is told to. */
async function expectAlive(page: Page): Promise<void> {
  const text = await page.evaluate(() => document.body.innerText);
  expect(text.length, 'words on the page').toBeGreaterThan(20);
  expect(text).not.toContain('Hopscope stopped drawing');
  // It may be at the end by itself: played again, it begins again.
  const played = () =>
    page.evaluate(() => {
      window.hopscope?.play();
      return window.hopscope?.nowUs();
    });
  const before = await played();
  await expect.poll(played, { message: 'time passes', timeout: 15_000 }).not.toBe(before);
}

/** Whoever opens the link that could be copied now gets the same run at the same moment. */
async function expectSameFromLink(page: Page, other: Page): Promise<void> {
  await page.evaluate(() => window.hopscope?.pause());
  const { hash, print, nowUs } = await page.evaluate(async () => {
    const hopscope = window.hopscope;
    if (hopscope === undefined) throw new Error('no hook');
    const print = await hopscope.fingerprint();
    return { print, hash: new URL(await hopscope.link()).hash, nowUs: hopscope.nowUs() };
  });
  await other.goto('about:blank');
  await open(other, hash);
  const there = await other.evaluate(async () => ({
    print: await window.hopscope?.fingerprint(),
    nowUs: window.hopscope?.nowUs() ?? -1,
  }));
  expect(there.print, `fingerprint of ${hash}`).toBe(print);
  // A frame that plays by itself has gone on already.
  if (/[?&]t=/.test(hash) && !hash.includes('autoplay=1'))
    expect(Math.abs(there.nowUs - nowUs), `moment of ${hash}`).toBeLessThanOrEqual(1);
}
