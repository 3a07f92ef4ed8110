import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { LazyPalette } from '../pages/play/palette/lazy.ts';
import { lazyViewsOpen } from '../pages/play/parts/lazy-view.tsx';
import { PlayPage } from '../pages/play/play-page.tsx';
import { KIND_NAMES } from '../trace/kinds.ts';
import { useBranchProps } from './branches/use-branch-props.ts';
import type { Controller } from './controller.ts';
import { SPEEDS } from './player.ts';
import { scenarioModel } from './scenario-model.ts';
import { showTheme } from './theme.ts';
import { TARGET_MS, useReducedMotion } from './use-page.ts';

/** Gives the page what it shows, out of the store. */
export function Play({ controller }: { controller: Controller }) {
  const state = useStore(controller.store);
  const reducedMotion = useReducedMotion();
  const { plan, scenario, preset, run, theme, rules } = state;
  const branchProps = useBranchProps(state, controller);
  const model = useMemo(() => scenarioModel(plan, scenario, preset, rules), [plan, scenario, preset, rules]);

  const desk = useDesk(controller);
  // A frame looks as the page around it asks for, which is not remembered.
  const shownTheme = state.embed === null || state.embed.theme === 'system' ? theme : state.embed.theme;
  useEffect(() => showTheme(shownTheme), [shownTheme]);
  useEffect(() => {
    document.documentElement.toggleAttribute('data-presenting', state.presenting);
  }, [state.presenting]);
  const autoplay = state.embed?.autoplay === true && !reducedMotion;
  useEffect(() => {
    if (autoplay) controller.player.play();
  }, [controller, autoplay]);
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
      renewable={state.renewal !== null}
      keysShown={state.keysShown && desk !== null}
      paletteShown={state.paletteShown && desk !== null}
      paletteTyped={state.paletteTyped}
      commands={() => desk?.commandItems(controller) ?? []}
      targets={() => desk?.targetsAt(run.trace, controller.player.nowUs, run.state !== 'simulating') ?? []}
      recordKinds={KIND_NAMES}
      shown={state.shown}
      settings={state.settings}
      caption={state.caption}
      embed={state.embed}
      presenting={state.presenting}
      blank={state.blank}
      speeds={SPEEDS}
      targetMs={TARGET_MS}
      placing={state.placing}
      {...branchProps}
      actions={controller}
    />
  );
}

type Desk = typeof import('./desk.ts');

/** Keys and commands: they come right after the first run, and listen from then on. */
function useDesk(controller: Controller): Desk | null {
  const [desk, setDesk] = useState<Desk | null>(null);
  useEffect(() => {
    // Whoever presses space at the first picture means it: keys are kept until it is known what they do.
    const early: KeyboardEvent[] = [];
    const keep = (event: KeyboardEvent) => early.push(event);
    window.addEventListener('keydown', keep);
    let stop = () => window.removeEventListener('keydown', keep);
    let wanted = true;
    lazyViewsOpen
      // What is typed right after Ctrl K is meant for the palette: it is there before its key is.
      .then(() => Promise.all([import('./desk.ts'), LazyPalette.prepare()]))
      .then(
        ([loaded]) => {
          stop();
          if (!wanted) return;
          // From here on, and not from when the page is drawn anew: a key that falls in between would be lost.
          stop = loaded.listenToKeys(controller);
          for (const event of early) loaded.pressed(controller, event);
          setDesk(loaded);
        },
        () => stop(), // the page works by pointer without it
      );
    return () => {
      stop();
      wanted = false;
    };
  }, [controller]);
  useEffect(() => desk?.takeIn(controller), [desk, controller]);
  return desk;
}
