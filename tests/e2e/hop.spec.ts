import { expect, open, test } from './page.ts';

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
