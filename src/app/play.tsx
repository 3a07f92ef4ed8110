import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { PlayPage } from '../pages/play/play-page.tsx';
import { allCommands } from './commands.ts';
import type { Controller } from './controller.ts';
import { takeIn } from './intake.ts';
import { chordText, listenToKeys } from './keys.ts';
import { SPEEDS } from './player.ts';
import { scenarioModel } from './scenario-model.ts';
import { showTheme } from './theme.ts';

/** What people notice as late: the line on the latency axis. */
const TARGET_MS = 200;

/** Gives the page what it shows, out of the store. */
export function Play({ controller }: { controller: Controller }) {
  const state = useStore(controller.store);
  const reducedMotion = useReducedMotion();
  const { plan, scenario, preset, run, theme } = state;
  const model = useMemo(() => scenarioModel(plan, scenario, preset), [plan, scenario, preset]);

  useEffect(() => listenToKeys(controller), [controller]);
  useEffect(() => takeIn(controller), [controller]);
  useEffect(() => showTheme(theme), [theme]);
  useEffect(() => {
    const changed = () => void controller.addressChanged();
    window.addEventListener('hashchange', changed);
    return () => window.removeEventListener('hashchange', changed);
  }, [controller]);
  useEffect(() => {
    document.title = `${plan.name} · Hopscope`;
  }, [plan.name]);

  return (
    <PlayPage
      scenario={model}
      presets={state.presets}
      trace={run.trace}
      run={{
        state: run.state,
        failure: run.failure,
        omitted: run.trace.omitted,
        knownUntilUs: run.trace.knownUntilUs,
      }}
      player={controller.player}
      selection={state.selection}
      reducedMotion={reducedMotion}
      theme={theme}
      canUndo={state.past.length > 0}
      canRedo={state.future.length > 0}
      badInput={state.badInput}
      toast={state.toast}
      announcement={state.announcement}
      keys={allCommands(controller).flatMap(({ keys = [], title }) =>
        keys.length === 0 ? [] : [{ keys: keys.map((chord) => chordText(chord)).join(', '), does: title }],
      )}
      keysShown={state.keysShown}
      speeds={SPEEDS}
      targetMs={TARGET_MS}
      actions={controller}
    />
  );
}

const REDUCED = '(prefers-reduced-motion: reduce)';

function useReducedMotion(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = matchMedia(REDUCED);
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => matchMedia(REDUCED).matches,
  );
}
