import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { ComparePage } from '../../pages/compare/compare-page.tsx';
import { VARIANTS } from '../../scenarios/compare/comparison.ts';
import { takeIn } from '../intake.ts';
import { commandItems, type KeyBoard, listenToKeys } from '../keys.ts';
import { SPEEDS } from '../player.ts';
import { showTheme } from '../theme.ts';
import { TARGET_MS, useReducedMotion } from '../use-page.ts';
import { compareCommands } from './commands.ts';
import type { CompareController } from './controller.ts';
import {
  luckItem,
  placeItems,
  setItems,
  tableItems,
  transportItem,
  variantItems,
  whoItems,
} from './props.ts';

/** Gives the page what it shows, out of the store. */
export function Compare({ controller }: { controller: CompareController }) {
  const state = useStore(controller.store);
  const { table, runs, progress, group, seeds, theme, presenting } = state;
  const { base, preset } = table;
  const reducedMotion = useReducedMotion();
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs are the same objects while they grow
  const variants = useMemo(() => variantItems(table, runs), [table, runs, progress]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same
  const items = useMemo(() => tableItems(table, runs, group), [table, runs, progress, group]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same
  const who = useMemo(() => whoItems(table, runs), [table, runs, progress]);
  const places = useMemo(() => placeItems(base), [base]);
  const sets = useMemo(() => setItems(base), [base]);
  const luck = useMemo(() => luckItem(seeds, group), [seeds, group]);

  const board = useMemo(
    (): KeyBoard => ({
      commands: () => compareCommands(controller),
      store: controller.store,
      showPalette: (shown) => controller.showPalette(shown),
      showKeys: (shown) => controller.showKeys(shown),
    }),
    [controller],
  );
  useEffect(() => listenToKeys(board), [board]);
  useEffect(() => takeIn(controller), [controller]);
  useEffect(() => showTheme(theme), [theme]);
  useEffect(() => {
    document.documentElement.toggleAttribute('data-presenting', presenting);
    return () => document.documentElement.removeAttribute('data-presenting');
  }, [presenting]);
  const title = base.name ?? 'Untitled';
  useEffect(() => {
    document.title = `Compare: ${title} · Hopscope`;
  }, [title]);

  return (
    <ComparePage
      title={title}
      about={base.about ?? ''}
      seed={base.seed ?? 1}
      transport={transportItem(base)}
      preset={preset?.name ?? null}
      presets={state.presets}
      variants={variants}
      bounds={VARIANTS}
      sets={sets}
      places={places}
      figures={items.figures}
      claims={items.claims}
      luck={luck}
      clients={who.clients}
      groups={who.groups}
      client={state.client}
      group={group}
      windowMs={state.windowMs}
      pair={state.pair}
      differs={state.differs}
      part={state.part}
      selection={state.selection}
      player={controller.player}
      speeds={SPEEDS}
      targetMs={TARGET_MS}
      reducedMotion={reducedMotion}
      theme={theme}
      settings={state.settings}
      canUndo={state.past.length > 0}
      canRedo={state.future.length > 0}
      presenting={presenting}
      badInput={state.badInput}
      toast={state.toast}
      announcement={state.announcement}
      keysShown={state.keysShown}
      paletteShown={state.paletteShown}
      paletteTyped={state.paletteTyped}
      commands={() => commandItems(board)}
      actions={controller}
    />
  );
}
