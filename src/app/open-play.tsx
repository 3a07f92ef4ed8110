import type { ReactNode } from 'react';
import { readAddress } from './address.ts';
import { Controller } from './controller.ts';
import { exposeHook } from './hook.ts';
import { afterFirstRun } from './later.ts';
import { Play } from './play.tsx';
import { Player } from './player.ts';
import { FIRST_PRESET } from './presets.ts';
import { spawnWorker } from './worker/spawn.ts';

/** Opens Play for the first time, as an address says. */
export async function openPlay(hash: string, show: (page: ReactNode) => void): Promise<Controller> {
  const reading = await readAddress(hash);
  const first = { scenario: FIRST_PRESET.scenario, preset: FIRST_PRESET, atUs: null };
  const controller = reading.ok
    ? new Controller(reading.place, null, new Player(), spawnWorker)
    : new Controller(first, reading, new Player(), spawnWorker);
  showPlay(controller, show);
  void afterFirstRun(controller);
  return controller;
}

/** Shows Play as it was left. */
export function showPlay(controller: Controller, show: (page: ReactNode) => void): void {
  exposeHook(controller);
  show(<Play controller={controller} />);
}
