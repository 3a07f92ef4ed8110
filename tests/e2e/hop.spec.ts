import { expect, fingerprint, open, seek, test } from './page.ts';

test('another backplane under the same load: swapped by its name, seen on the stage and from within', async ({
  page,
}) => {
  await open(page, '#/play?preset=redis-away&t=3000');
  const stage = page.getByRole('figure', { name: 'Stage' });
  await expect(stage.getByRole('button', { name: /^Redis/ })).toBeVisible();
  await expect(stage.getByRole('button', { name: /^Server 3/ })).toBeVisible();

  await page.getByLabel('Backplane', { exact: true }).selectOption('kafka');
  await expect(stage.getByRole('button', { name: /^Broker 1/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Backplane' }).click();
  const inside = page.getByRole('figure', { name: 'Backplane' });
  await expect(inside).toContainText(/Kafka at 3\.00.s: \d+ entries in \d+ partition/);
  await inside
    .getByRole('button', { name: /^Message 2 / })
    .first()
    .click();
  await expect(page).toHaveURL(/sel=message-2/);

  await page.keyboard.press('Control+z');
  await expect(stage.getByRole('button', { name: /^Redis/ })).toBeVisible();
});

test('how a backplane and a transport are modelled is said where they are looked into', async ({ page }) => {
  await open(page, '#/play?preset=redis-away&view=backplane');
  await page.getByText('How Redis Pub/Sub is modelled').click();
  await expect(page.getByText('checkClientOutputBufferLimits')).toBeVisible();
  await open(page, '#/play?preset=redis-away&view=machine');
  await page.getByText('How SSE is modelled').click();
  await expect(page.getByText('Left out', { exact: true })).toBeVisible();
});

test('a node is crashed from the stage, by its menu and by key, and says so', async ({ page }) => {
  await open(page, '#/play?preset=redis-away&t=3000');
  const redis = page.getByRole('figure', { name: 'Stage' }).getByRole('button', { name: /^Redis/ });
  await redis.click();
  const menu = page.getByRole('dialog', { name: 'Redis' });
  await menu.getByRole('button', { name: /^Pause it for 2 s/ }).click();
  await expect(redis).toContainText('paused');
  await page.keyboard.press('Shift+K');
  await expect(redis).toContainText('crashed');
});

test('a server that is chosen among many shows its clients', async ({ page }) => {
  await open(page, '#/play?preset=rejoined-server&t=50000&sel=server-0');
  await expect(page.getByRole('figure', { name: 'Stage' })).toContainText('at other servers');
  await expect(page.getByRole('figure', { name: 'Stage' })).toContainText('Layer 4');
});

test('a packet of hop 2 is dropped from the stage, by its menu, and taken back', async ({ page }) => {
  await open(page, '#/play?preset=redis-away&t=3000');
  const before = await fingerprint(page);
  // Update 6 is on its way from Redis to all three servers: a quarter of a millisecond.
  await seek(page, 3_000_400);
  const packet = page
    .getByRole('list', { name: 'Packets in flight' })
    .getByRole('button', { name: /from Redis to Server/ });
  const menu = page.getByRole('dialog', { name: 'Packet' });
  await packet.first().focus();
  await page.keyboard.press('Enter');
  await expect(menu.getByRole('heading', { name: /^Packet from Redis to Server \d/ })).toBeVisible();
  await menu.getByRole('button', { name: /^Drop this segment/ }).click();
  await expect(
    page.getByRole('button', { name: /^Delete: Redis → Server \d: drop this packet/ }),
  ).toBeVisible();
  expect(await fingerprint(page)).not.toBe(before);
  await page.keyboard.press('Control+z');
  await expect.poll(() => fingerprint(page)).toBe(before);
});

test('a server drains and another joins, from its menu and by key; what was added can be changed', async ({
  page,
}) => {
  await open(page, '#/play?preset=redis-away&t=2000');
  const stage = page.getByRole('figure', { name: 'Stage' });
  await stage.getByRole('button', { name: /^Server 1/ }).click();
  await page
    .getByRole('dialog', { name: 'Server' })
    .getByRole('button', { name: /^Drain it for 10 s/ })
    .click();
  await expect(stage.getByRole('button', { name: /^Server 1/ })).toContainText('drains');
  await page.keyboard.press('Control+z');
  await expect(stage.getByRole('button', { name: /^Server 1/ })).not.toContainText('drains');
  await page.keyboard.press('Shift+G');
  await expect(stage.getByRole('button', { name: /^Server 1/ })).toContainText('drains');

  await page.keyboard.press('Shift+J');
  const fourth = stage.getByRole('button', { name: /^Server 4/ });
  await expect(fourth).toHaveAccessibleName('Server 4: 0 open');
  await seek(page, 1_000_000);
  await expect(fourth).toHaveAccessibleName('Server 4: not there yet');
  await page.getByRole('button', { name: /^Edit: Server 4: joins/ }).click();
  await page.getByLabel('Server 4: joins: begins at, seconds').fill('0.5');
  await page.keyboard.press('Enter');
  await expect(fourth).toHaveAccessibleName('Server 4: 0 open');
  await page.getByRole('button', { name: 'Delete: Server 4: joins' }).click();
  // Deletion, another moment, and the joining itself, the server that came with it included.
  for (let step = 0; step < 3; step++) await page.keyboard.press('Control+z');
  await expect(fourth).toHaveCount(0);
});
