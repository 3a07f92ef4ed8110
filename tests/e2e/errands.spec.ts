import { expect, fingerprint, nowUs, open, type Page, test } from './page.ts';

/** What somebody who has never seen the page wants of it: each in at most five clicks, drags or keys. */
const MOST = 5;

function counted() {
  let actions = 0;
  return {
    act: async (action: Promise<unknown>) => {
      actions++;
      await action;
    },
    get few() {
      return actions <= MOST;
    },
  };
}

/** A command of the palette: its chord, a few letters, Enter. */
async function command(page: Page, act: (action: Promise<unknown>) => Promise<void>, letters: string) {
  await act(page.keyboard.press('Control+k'));
  await act(page.keyboard.type(letters));
  await act(page.keyboard.press('Enter'));
}

const results = (page: Page) => page.getByRole('complementary', { name: 'Results' });

/** A place on the timeline, as a share of the run. */
async function clickTimeline(page: Page, share: number) {
  const slider = page.getByRole('slider', { name: 'Time shown' });
  const box = await slider.boundingBox();
  if (box === null) throw new Error('no timeline');
  await page.mouse.click(box.x + 12 + (box.width - 24) * share, box.y + box.height - 24);
}

/** Medians as the latency table has them, ms. */
async function median(page: Page, group: string): Promise<number> {
  const row = results(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: group, exact: true }) });
  const text = (await row.first().getByRole('cell').nth(1).textContent()) ?? '';
  const [value = '', unit] = text.split('\u00a0');
  return Number(value.replace(/\s/g, '')) * (unit === 's' ? 1000 : 1);
}

/** Slowest delivery to a group in the whole run, ms. */
const slowest = (page: Page, group: string) =>
  page.evaluate(
    async (name) => (await window.hopscope?.report())?.groups[name]?.deliveries.latencyMs?.max ?? 0,
    group,
  );

async function tellsWhy(page: Page) {
  const why = results(page).getByRole('article');
  await expect(why.getByRole('heading', { level: 2 })).toContainText('to the SSE client');
  await expect(why).toContainText('sent again');
  await expect(why).toContainText(`${Math.round(await slowest(page, 'sse'))}\u00a0ms`);
  await expect(why).toContainText('lost');
}

test.describe('why was the slowest SSE message slow?', () => {
  test('by pointer', async ({ page }) => {
    await open(page);
    const { act, ...count } = counted();
    await act(clickTimeline(page, 1));
    const dots = results(page)
      .getByRole('button', { name: /^SSE: \d+ deliveries/ })
      .locator('circle');
    const last = await dots.evaluateAll((all) => {
      const x = (dot: Element) => Number(dot.getAttribute('cx'));
      return all.indexOf(all.reduce((a, b) => (x(b) > x(a) ? b : a)));
    });
    await act(dots.nth(last).click());
    await tellsWhy(page);
    expect(count.few).toBe(true);
  });

  test('by keyboard', async ({ page }) => {
    await open(page);
    const { act, ...count } = counted();
    await command(page, act, 'slowest sse');
    await tellsWhy(page);
    expect(count.few).toBe(true);
  });
});

async function saysWhatEachLost(page: Page) {
  const why = results(page).getByRole('article');
  await expect(why.getByRole('heading', { name: 'What each lost meanwhile' })).toBeVisible();
  for (const name of ['Polling', 'Long polling', 'SSE', 'WebSocket']) {
    const row = why.getByRole('button', { name: new RegExp(`^${name}, slowest [\\d.]+\\sm?s`) });
    await expect(row).toContainText(/(no update|\d+ updates?), \d+ packets?$/);
  }
}

test.describe('what does each transport lose when the link is away for two seconds?', () => {
  test('by pointer', async ({ page }) => {
    await open(page);
    const { act, ...count } = counted();
    await act(page.getByRole('button', { name: 'Cut the link for 2 s' }).click());
    await act(page.getByRole('button', { name: 'Link cut', exact: true }).click());
    await saysWhatEachLost(page);
    expect(count.few).toBe(true);
  });

  test('by keyboard', async ({ page }) => {
    await open(page);
    const { act, ...count } = counted();
    await act(page.keyboard.press('Shift+C'));
    await expect(page.getByRole('button', { name: 'Link cut', exact: true })).toBeVisible();
    await act(page.keyboard.press('n'));
    await saysWhatEachLost(page);
    expect(count.few).toBe(true);
  });
});

test.describe('WebSocket slower than polling', () => {
  const isSlower = (page: Page) =>
    expect.poll(async () => (await median(page, 'WebSocket')) > (await median(page, 'Polling'))).toBe(true);

  test('by pointer', async ({ page }) => {
    await open(page);
    const { act, ...count } = counted();
    const label = await page.getByRole('slider', { name: 'Round trip of WebSocket’s link' }).boundingBox();
    if (label === null) throw new Error('the link has no label');
    await page.mouse.move(label.x + label.width / 2, label.y + label.height / 2);
    await page.mouse.down();
    await page.mouse.move(label.x + 650, label.y + 10, { steps: 8 });
    await act(page.mouse.up());
    await act(clickTimeline(page, 1));
    await isSlower(page);
    expect(count.few).toBe(true);
  });

  test('by keyboard', async ({ page }) => {
    await open(page);
    const { act, ...count } = counted();
    await command(page, act, 'slow websocket');
    await act(page.keyboard.press('End'));
    await isSlower(page);
    expect(count.few).toBe(true);
    // As many deliveries at the same moment, and other figures.
    await page.keyboard.press('Control+z');
    await expect.poll(() => median(page, 'WebSocket')).toBe(50);
  });
});

test.describe('the exact moment of a loss, for somebody else', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  const showsTheLoss = async (page: Page) => {
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied).toContain('sel=packet-');
    const [atUs, link] = [await nowUs(page), await copied()];
    const other = await page.context().newPage();
    await open(other, new URL(link).hash);
    expect(await nowUs(other)).toBe(atUs);
    await expect(results(other).getByRole('article')).toContainText('✕ lost');
    await other.close();
  };

  test('by pointer', async ({ page }) => {
    await open(page);
    const { act, ...count } = counted();
    await act(page.getByTitle('Run to the next loss, delivery, …').click());
    await act(page.getByRole('button', { name: /^Next loss/ }).click());
    await act(page.getByRole('button', { name: 'Share' }).click());
    await act(page.getByRole('button', { name: /^Copy a link to this moment/ }).click());
    await showsTheLoss(page);
    expect(count.few).toBe(true);
  });

  test('by keyboard', async ({ page }) => {
    await open(page);
    const { act, ...count } = counted();
    await act(page.keyboard.press('x'));
    await act(page.keyboard.press('y'));
    await showsTheLoss(page);
    expect(count.few).toBe(true);
  });
});

test('back to the original run, by pointer and by key', async ({ page }) => {
  await open(page);
  const original = await fingerprint(page);
  const changed = async () => {
    await page.keyboard.press('Shift+C');
    await expect(page.getByRole('button', { name: /^Run shown: Link cut/ })).toBeVisible();
    expect(await fingerprint(page)).not.toBe(original);
  };
  const isOriginal = async () => {
    await expect(page.getByRole('button', { name: 'Run shown: Original run. 2 runs' })).toBeVisible();
    expect(await fingerprint(page)).toBe(original);
  };
  await changed();
  await page.getByRole('region', { name: 'Runs' }).getByRole('button', { name: 'Original run' }).click();
  await isOriginal();
  await changed();
  await page.keyboard.press('o');
  await isOriginal();
});
