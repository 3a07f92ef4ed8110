import type { ReactNode } from 'react';
import type { Preset } from '../../scenarios/presets/preset.ts';
import type { ScenarioInput } from '../../scenarios/validate.ts';
import { Player } from '../player.ts';
import { FIRST_PRESET } from '../presets.ts';
import { wantRules } from '../rules.ts';
import { spawnWorker } from '../worker/spawn.ts';
import { readCompareAddress, startingPlace } from './address.ts';
import { Compare } from './compare.tsx';
import { CompareController } from './controller.ts';
import { exposeCompareHook } from './hook.ts';

/** Compare as it was left, or as an address says. */
export interface OpenCompare {
  controller: CompareController;
  element: ReactNode;
  /** What a console or a test can ask the page. */
  exposeHook(): void;
}

/**
 * Opens Compare for the first time.
 * @param shown what Play shows, to begin with where the address says nothing; null: Play was not opened
 */
export async function openCompare(
  hash: string,
  shown: { scenario: ScenarioInput; preset: Preset | null } | null,
): Promise<OpenCompare> {
  // A variant may have any backplane, and only the rules know all of them.
  await wantRules();
  const bare = !hash.includes('?');
  const reading =
    bare && shown !== null
      ? { ok: true as const, place: startingPlace(shown.scenario, shown.preset) }
      : await readCompareAddress(hash);
  const controller = reading.ok
    ? new CompareController(reading.place, null, new Player(), spawnWorker)
    : new CompareController(
        startingPlace(FIRST_PRESET.scenario, FIRST_PRESET),
        reading,
        new Player(),
        spawnWorker,
      );
  return {
    controller,
    element: <Compare controller={controller} />,
    exposeHook: () => exposeCompareHook(controller),
  };
}
