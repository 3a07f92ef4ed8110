import { expect, fingerprint, fragment, nowUs, open, picture, seek, test } from './page.ts';

test('a change while it plays is a fault, and the link replays all of it', async ({ page, context }) => {
  await open(page);
  const original = await fingerprint(page);
  await seek(page, 4_000_000);
  const past = await picture(page);

  const loss = page.getByRole('slider', { name: 'Packet loss' });
  await loss.focus();
  await page.keyboard.press('ArrowRight');
  const listed = page.getByRole('region', { name: 'Controls' }).getByText('Loss 3 %', { exact: true });
  await expect(listed).toBeVisible();
  await expect(page.getByRole('button', { name: 'Loss 3 %', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'from 4.0 s', exact: true })).toHaveCount(1);

  const changed = await fingerprint(page);
  expect(changed).not.toBe(original);
  expect(await nowUs(page)).toBe(4_000_000);
  const link = await fragment(page);
  expect(link).toMatch(/^#\/play\?s=1\..*&t=4000$/);

  const other = await context.newPage();
  await open(other, link);
  expect(await fingerprint(other)).toBe(changed);
  expect(await nowUs(other)).toBe(4_000_000);
  await other.close();

  // What lay before the change is as it was.
  await seek(page, 2_000_000);
  await page.keyboard.press('Control+z');
  await expect(listed).toHaveCount(0);
  expect(await fingerprint(page)).toBe(original);
  await seek(page, 4_000_000);
  expect((await picture(page)).slice(1)).toEqual(past.slice(1));
  await page.keyboard.press('Control+Shift+z');
  expect(await fingerprint(page)).toBe(changed);
});

test('a change at the start is the scenario’s own', async ({ page }) => {
  await open(page, '#/play?preset=race&t=0');
  const rtt = page.getByRole('textbox', { name: 'Round-trip time, exact value' });
  await rtt.fill('37');
  await rtt.press('Enter');
  await expect(rtt).toHaveValue('37 ms');
  await expect(page.getByText('A change holds for the whole run.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Back to preset' })).toBeVisible();
  await rtt.fill('wide');
  await rtt.press('Enter');
  await expect(rtt).toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('button', { name: 'Back to preset' }).click();
  await expect(rtt).toHaveValue('100 ms');
});

test('transports come and go, faults are added, moved and deleted', async ({ page }) => {
  await open(page, '#/play?preset=race&t=3000');
  const all = await fingerprint(page);
  const chips = page.getByRole('group', { name: 'Transports that take part' });
  await chips.getByRole('button', { name: 'Polling', exact: true }).click();
  await expect(page.getByRole('main').getByText('Polling', { exact: true })).toHaveCount(0);
  await chips.getByRole('button', { name: 'Polling', exact: true }).click();
  await expect(page.getByRole('main').getByText('Polling', { exact: true }).first()).toBeVisible();

  await page.getByLabel('Add now, to').selectOption('WebSocket');
  await page.getByRole('button', { name: 'Cut the link for 2 s' }).click();
  const cut = await fingerprint(page);
  expect(cut).not.toBe(all);
  await page.getByRole('button', { name: 'Edit: WebSocket: link cut' }).click();
  const lasts = page.getByRole('textbox', { name: 'WebSocket: link cut: lasts, seconds' });
  await lasts.fill('4');
  await lasts.press('Enter');
  await expect(page.getByRole('button', { name: '3.0–7.0 s' })).toBeVisible();
  expect(await fingerprint(page)).not.toBe(cut);
  await page.getByRole('button', { name: 'Delete: WebSocket: link cut' }).click();
  expect(await fingerprint(page)).toBe(all);
});

test('the seed, the traffic and the encryption are part of the link', async ({ page }) => {
  await open(page, '#/play?preset=race&t=3000');
  const seed = page.getByRole('textbox', { name: 'Seed of all luck' });
  await seed.fill('9');
  await seed.press('Enter');
  await expect(page).toHaveURL(/preset=race&seed=9&t=3000$/);
  await page.getByText('TLS 1.3 · CUBIC').click();
  await page.getByLabel('Encryption').selectOption('no TLS');
  await page.getByLabel('How updates come').selectOption('periodic');
  const payload = page.getByRole('textbox', { name: 'Payload' });
  await payload.fill('900');
  await payload.press('Enter');
  const changed = await fingerprint(page);
  expect(await fragment(page)).toMatch(/s=1\./);
  await page.reload();
  await expect(payload).toHaveValue('900 B');
  expect(await fingerprint(page)).toBe(changed);
});
