import { expect, fingerprint, open, type Page, test } from './page.ts';

/**
 * Long use leaves nothing behind. Ten minutes of it: `HOPSCOPE_MEMORY_ROUNDS=600 npx playwright test memory`.
 */
const ROUNDS = Number(process.env.HOPSCOPE_MEMORY_ROUNDS ?? 24);
/** By then everything is loaded, and as many runs are kept as ever will be. */
const WARM = 12;
const ALLOWED_MB = 12;

test.use({ trace: 'off' });

test('edits, undo, branches and other scenarios leave no memory and no workers behind', async ({ page }) => {
  test.setTimeout(60_000 + ROUNDS * 10_000);
  await open(page);
  const memory = await memoryOf(page);
  const seen: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await workForAWhile(page, round);
    if (round >= WARM - 1) seen.push(await memory());
    expect(page.workers().length, `workers after round ${round + 1}`).toBeLessThanOrEqual(2);
  }
  const [first = 0] = seen;
  const last = Math.min(...seen.slice(-3));
  console.log(
    `Memory in use: ${first.toFixed(1)} MB after ${WARM} rounds, ${last.toFixed(1)} MB after ${ROUNDS}`,
  );
  expect(last - first).toBeLessThan(ALLOWED_MB);
});

/** Each round ends where it began: at the race, playing nothing, with nothing selected. */
async function workForAWhile(page: Page, round: number): Promise<void> {
  await page.evaluate((us) => window.hopscope?.seek(us), 2_000_000 + (round % 7) * 1_500_000);
  const loss = page.getByRole('slider', { name: 'Packet loss' });
  await loss.focus();
  for (let i = 0; i <= round % 3; i++) await page.keyboard.press('ArrowRight');
  await fingerprint(page);
  await page.evaluate(() => window.hopscope?.play());
  const tabs = ['Ladder', 'Connections', 'Machine', 'Log', 'Packets'] as const;
  await page.getByRole('tab', { name: tabs[round % tabs.length] ?? '' }).click();
  await page.waitForTimeout(150);
  await page.evaluate(() => window.hopscope?.pause());
  for (const keys of ['Control+z', 'Control+Shift+z', 'Control+z']) {
    await page.keyboard.press(keys);
    await fingerprint(page);
  }
  await page.evaluate(
    (fragment) => {
      location.hash = fragment;
    },
    round % 2 === 0
      ? '#/play?preset=one-lost-packet&t=1500'
      : `#/play?preset=race&seed=${100 + round}&t=3000`,
  );
  await fingerprint(page);
  await page.evaluate(() => {
    location.hash = '#/play?preset=race&t=3000';
  });
  await expect(page).toHaveTitle(/One keystroke/);
  await fingerprint(page);
}

/** Asks what is still in use once what is not has been given back, MB: objects, and the buffers that traces are kept in. */
async function memoryOf(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  return async () => {
    for (let i = 0; i < 2; i++) await session.send('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage');
    return (usedSize + backingStorageSize) / 1e6;
  };
}
