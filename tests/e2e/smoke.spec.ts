import { expect, test } from '@playwright/test';

test('the page loads and the console stays clean', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));

  await page.goto('./');
  await expect(page).toHaveTitle(/Hopscope/);
  await expect(page.getByRole('main')).toBeVisible();
  expect(complaints).toEqual([]);
});
