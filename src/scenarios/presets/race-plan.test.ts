import { expect, test } from 'vitest';
import { validate } from '../validate.ts';
import { RACE } from './race.ts';

test('the plan that is kept beside the race is the one that the rules make of it', async () => {
  const validation = validate(RACE.scenario);
  // When a default changes, so does this file: `npx vitest run --update race-plan`.
  await expect(`${JSON.stringify(validation.ok && validation.plan, null, 1)}\n`).toMatchFileSnapshot(
    './race-plan.json',
  );
});
