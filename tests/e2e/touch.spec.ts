import { expect, fingerprint, fragment, nowUs, open, type Page, seek, test } from './page.ts';

/** Whatever changes the run by a key: what its flag on the timeline says, with SSE selected. */
const GESTURES: readonly [key: string, flag: RegExp][] = [
  ['Shift+C', /^SSE: link cut/],
  ['Shift+U', /^SSE: link cut up/],
  ['Shift+V', /^SSE: link cut down/],
  ['Shift+ArrowUp', /^SSE: round trip 150 ms/],
  ['Shift+L', /^SSE: burst of loss, 30 %/],
  ['Shift+X', /^SSE: .*drop/i],
  ['Shift+D', /^SSE: .*delay/i],
  ['Shift+B', /^SSE: .*duplicate/i],
  ['Shift+O', /^SSE: off the network/],
  ['Shift+T', /^SSE: tab asleep/],
  ['Shift+W', /^SSE: .*cellular/],
  ['Shift+K', /crash/i],
  ['Shift+P', /stands still/i],
  ['Shift+N', /DNS down/],
];

const flags = (page: Page) => page.getByRole('figure', { name: 'Timeline' }).getByRole('button');
const AT = '#/play?preset=race&t=5020&sel=client-2';

test('each gesture is a key and a command, says what it does, lands on the timeline, is undone and redone', async ({
  page,
}) => {
  test.slow();
  await open(page, AT);
  const original = await fingerprint(page);
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('listbox', { name: 'Commands' });
  for (const [key] of GESTURES) {
    const written = key.replace('+', ' ').replace('ArrowUp', '↑');
    const option = palette.getByRole('option').filter({ has: page.getByText(written, { exact: true }) });
    // The title, the keys, and a sentence about what would happen.
    await expect(option, key).toContainText(/\w.*\w{3,}.*\.$/s);
  }
  await page.keyboard.press('Escape');
  // As long as it lies over the page, keys are for it.
  await expect(page.getByRole('dialog')).toHaveCount(0);
  for (const [key, flag] of GESTURES) {
    await page.keyboard.press(key);
    await expect(flags(page), key).toHaveCount(1);
    expect((await flags(page).getAttribute('title')) ?? '', key).toMatch(
      new RegExp(flag.source.replace('^', '^[^:]+: '), flag.flags),
    );
    const changed = await fingerprint(page);
    expect(changed, key).not.toBe(original);
    await page.keyboard.press('Control+z');
    expect(await fingerprint(page), key).toBe(original);
    await page.keyboard.press('Control+Shift+z');
    expect(await fingerprint(page), key).toBe(changed);
    await page.keyboard.press('Control+z');
    await expect(flags(page), key).toHaveCount(0);
  }
});

test('a link is cut one way, mended, and dragged', async ({ page }) => {
  await open(page, '#/play?preset=race&t=5020');
  const label = page.getByRole('slider', { name: 'Round trip of SSE’s link' });
  await label.click();
  const menu = page.getByRole('dialog', { name: 'SSE: link' });
  await expect(menu.getByRole('button', { name: /^Cut it upward/ })).toContainText('acknowledgements vanish');
  await menu.getByRole('button', { name: /^Cut it upward/ }).click();
  await expect(label).toHaveText('cut upward');
  await seek(page, 5_500_000);
  await label.press('Enter');
  await menu.getByRole('button', { name: /^Mend it now/ }).click();
  await expect(label).not.toHaveText(/cut/);
  await label.press('ArrowRight');
  await expect(label).toHaveAttribute('aria-valuenow', '110');
});

test('a packet in flight is dropped, and delivered after all', async ({ page }) => {
  await open(page, '#/play?preset=race&t=4740');
  const original = await fingerprint(page);
  const packet = page
    .getByRole('list', { name: /packets/i })
    .getByRole('button')
    .first();
  await packet.press('Enter');
  const menu = page.getByRole('dialog', { name: 'Packet' });
  await menu.getByRole('button', { name: /^Drop this/ }).click();
  await expect(flags(page)).toHaveCount(1);
  expect(await fingerprint(page)).not.toBe(original);
  await page.keyboard.press('Control+z');
  expect(await fingerprint(page)).toBe(original);
});

test('a client is pulled off the network', async ({ page }) => {
  await open(page, '#/play?preset=race&t=5020');
  const card = await page
    .getByRole('main')
    .getByRole('button', { name: /^WebSocket/ })
    .boundingBox();
  if (card === null) throw new Error('no card');
  await page.mouse.move(card.x + 40, card.y + 20);
  await page.mouse.down();
  await page.mouse.move(card.x + 60, card.y + 80, { steps: 4 });
  await page.mouse.move(card.x + 90, card.y + 170, { steps: 4 });
  await expect(page.getByText(/^Let go: For 5\ss/)).toBeVisible();
  await page.mouse.up();
  await expect(flags(page)).toHaveAttribute('title', /WebSocket: off the network/);
});

test('what somebody types is seen to arrive', async ({ page }) => {
  await open(page, '#/play?preset=race&t=5020');
  await page.keyboard.press('e');
  await expect(page.getByRole('textbox', { name: /^Type here/ })).toBeFocused();
  await page.keyboard.type('ok!');
  await fingerprint(page);
  await page.keyboard.press('Escape');
  await seek(page, (await nowUs(page)) + 60_000);
  await expect(page.getByRole('main').getByRole('button', { name: /^SSE/ })).toContainText('ok!');
  await expect(flags(page)).toHaveCount(1);
});

test('a fault on the timeline is moved, lengthened, edited and deleted there, by pointer and by keys', async ({
  page,
}) => {
  await open(page, '#/play?preset=race&t=5000');
  const original = await fingerprint(page);
  await page.keyboard.press('Shift+C');
  const flag = flags(page).first();
  const spell = page.getByRole('region', { name: 'Controls' }).getByTitle('Go there');
  await expect(spell).toHaveText('5.0–7.0 s');

  const box = await flag.boundingBox();
  if (box === null) throw new Error('no flag');
  await page.mouse.move(box.x + 10, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + 110, box.y + 12, { steps: 5 });
  await page.mouse.up();
  await expect(spell).not.toHaveText('5.0–7.0 s');
  await flag.focus();
  await page.keyboard.press('ArrowLeft');
  const moved = await spell.textContent();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(spell).not.toHaveText(moved ?? '');

  await flag.press('Enter');
  const editor = page.getByRole('dialog', { name: 'Link cut' });
  await editor.getByRole('textbox', { name: /begins at/ }).fill('9');
  await editor.getByRole('textbox', { name: /begins at/ }).press('Enter');
  await expect(spell).toHaveText(/^9\.0–/);
  await page.keyboard.press('Escape');
  await flag.focus();
  await page.keyboard.press('Delete');
  await expect(flags(page)).toHaveCount(0);
  expect(await fingerprint(page)).toBe(original);
});

test('nothing moves aside when a run comes beside the first', async ({ page }) => {
  await open(page, '#/play?preset=race&t=5000');
  const places = () =>
    page.evaluate(() =>
      [
        'main',
        '[role=tablist]',
        'figure[aria-label="Delivery latency"]',
        'aside table:has(caption)',
        '[aria-label=Player]',
      ].map((selector) => {
        const { x, y, width, height } = document.querySelector(selector)?.getBoundingClientRect() ?? {};
        return [selector, x, y, width, height].join(' ');
      }),
    );
  await expect(page.getByRole('figure', { name: 'Delivery latency' })).toBeVisible();
  const before = await places();
  await page.keyboard.press('Shift+C');
  await expect(page.getByRole('button', { name: /^Run shown: Link cut/ })).toBeVisible();
  await fingerprint(page);
  expect(await places()).toEqual(before);
  expect(await fragment(page)).toContain('s=1.');
});

test('what is cut or crashed can be brought to an end where it is drawn, by pointer and by key', async ({
  page,
}) => {
  await open(page, '#/play?preset=two-servers&t=1000');
  const scenario = {
    version: 1,
    name: 'Cut',
    seed: 1,
    durationMs: 20_000,
    servers: { count: 2 },
    publishers: [{ name: 'editor', room: 'doc', arrivals: { kind: 'periodic', everyMs: 200 } }],
    clients: [{ name: 'sse', count: 6, rooms: ['doc'], transport: { kind: 'sse' } }],
    faults: [
      { kind: 'link-down', target: 'server-1', atMs: 2_000 },
      { kind: 'server-crash', target: 'server-2', atMs: 2_000, forMs: 9_000 },
    ],
  };
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, JSON.stringify(scenario));
  await expect(page.getByRole('listitem').filter({ hasText: 'Server 1: link cut' })).toBeVisible();
  await fingerprint(page);
  await seek(page, 3_000_000);
  const cut = page.getByRole('slider', { name: /’s link$/ }).filter({ hasText: 'cut' });
  await expect(cut).not.toHaveCount(0);
  await cut.first().press('Enter');
  const menu = page.locator('[popover]:popover-open');
  await menu.getByRole('button', { name: /^End it now: Server 1: link cut/ }).click();
  await expect(cut).toHaveCount(0);
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Server 2/ })
    .click();
  await menu.getByRole('button', { name: /^End it now: Server 2: crash/ }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Server 2: crash' })).toContainText('2.0–3.0 s');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(cut).not.toHaveCount(0);
  await page.keyboard.press('Shift+M');
  await expect(cut).toHaveCount(0);
});
