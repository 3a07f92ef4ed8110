import { expect, open, test } from './page.ts';

test('the race stands there at the first paint, paused, with one way to start it', async ({ page }) => {
  await page.goto('./');
  await expect(page).toHaveTitle(/Hopscope/);
  for (const client of ['Polling', 'Long polling', 'SSE', 'WebSocket']) {
    await expect(page.getByRole('main').getByText(client, { exact: true }).first()).toBeVisible();
  }
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
});

test('the bare page goes to a moment at which the keystroke is on its way', async ({ page }) => {
  await open(page);
  await expect(page.getByRole('timer')).not.toHaveText('00:00.000');
  expect(new URL(page.url()).hash).toBe('#/play?preset=race');
});
