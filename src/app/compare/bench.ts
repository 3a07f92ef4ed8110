import type { BadInput } from '../../pages/play/model.ts';
import type { Comparison } from '../../scenarios/compare/comparison.ts';
import { AddressBar } from '../address-bar.ts';
import { quietUntil } from '../moments.ts';
import { Opening } from '../opening.ts';
import type { Player } from '../player.ts';
import { presetItems } from '../presets.ts';
import { storedSettings } from '../settings.ts';
import { storedTheme } from '../theme.ts';
import type { WorkerLike } from '../worker/client.ts';
import { SecondTry } from '../worker/second-try.ts';
import { type ComparePlace, writeCompareAddress } from './address.ts';
import { NO_SEEDS, Seeds } from './seeds.ts';
import { type CompareStore, createCompareStore, historyAfter, kept, shownOf } from './store.ts';
import { tellingOf } from './telling.ts';
import { VariantEdits } from './variant-edits.ts';
import { VariantRuns } from './variant-runs.ts';
import { comparisonOfTable, type Table } from './variants.ts';

const TOAST_MS = 3000;

/** The variants under work, and what follows from a change of them: runs, another address, a step of the history. */
export class VariantBench extends VariantEdits {
  readonly store: CompareStore;
  readonly player: Player;
  protected readonly address: AddressBar;
  readonly #runs: VariantRuns;
  readonly #seeds: Seeds;
  readonly #secondTry = new SecondTry();
  readonly #opening: Opening;
  /** A person has been at the playhead: the address tells where it is. */
  #moved: boolean;
  #toastTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(place: ComparePlace, badInput: BadInput | null, player: Player, spawn: () => WorkerLike) {
    super();
    this.player = player;
    this.#opening = new Opening(player, () => tellingOf(this.store.getState().runs));
    this.#opening.want(place.atUs === null);
    this.#moved = place.atUs !== null;
    this.#runs = new VariantRuns(spawn, () => this.#runsChanged());
    this.#seeds = new Seeds(spawn, (seeds) => this.store.setState({ seeds }));
    const shown = shownOf(place);
    this.store = createCompareStore({
      ...shown,
      runs: this.#runs.want(shown.table.entries.map(({ plan }) => plan)),
      progress: '',
      past: [],
      future: [],
      speed: player.chosenSpeed,
      seeds: NO_SEEDS,
      presets: [],
      theme: storedTheme(),
      settings: storedSettings(),
      presenting: false,
      badInput,
      toast: null,
      announcement: '',
      keysShown: false,
      paletteShown: false,
      paletteTyped: '',
    });
    this.address = new AddressBar('compare', () => writeCompareAddress(this.#place()));
    this.#runsChanged();
    if (place.atUs !== null) player.seek(place.atUs);
    if (badInput === null) this.address.replace();
    player.skipsIdle = this.store.getState().settings.skipsIdle;
    player.quietUntil = (nowUs) => this.#quietUntil(nowUs);
    player.subscribe(() => this.#playheadMoved());
  }

  get comparison(): Comparison {
    return comparisonOfTable(this.store.getState().table);
  }

  /** Whether every variant is simulated to its end, or has failed. */
  get settled(): boolean {
    return this.store.getState().runs.every(({ state }) => state !== 'simulating');
  }

  async wantPresets() {
    if (this.store.getState().presets.length === 0) this.store.setState({ presets: await presetItems() });
  }

  undo() {
    const { past, future, table } = this.store.getState();
    const before = past.at(-1);
    if (before !== undefined) this.#show(before, { past: past.slice(0, -1), future: [table, ...future] });
  }

  redo() {
    const { past, future, table } = this.store.getState();
    const [next, ...rest] = future;
    if (next !== undefined) this.#show(next, { past: [...past, table], future: rest });
  }

  /** Runs a variant that failed once more. */
  restart(id: number) {
    const { table, runs } = this.store.getState();
    const run = runs[table.entries.findIndex((entry) => entry.id === id)];
    if (run !== undefined) this.#runs.forget(run);
    this.#want(table);
  }

  runSeeds() {
    this.#seeds.start(this.store.getState().table.entries.map(({ plan }) => plan));
  }

  stopSeeds() {
    this.#seeds.stop();
  }

  /** Another comparison altogether; the one before is a step of the history. */
  protected open(place: ComparePlace, push = true) {
    this.player.pause();
    this.player.seek(0);
    const history = historyAfter(this.store.getState());
    const shown = shownOf(place);
    this.store.setState({ ...shown, ...history, badInput: null });
    this.#seeds.forget();
    this.#opening.want(place.atUs === null);
    this.#moved = place.atUs !== null;
    this.#want(shown.table);
    if (place.atUs !== null) this.player.seek(place.atUs);
    if (push) this.address.push();
  }

  /** The playhead is a person's from now on. */
  protected takeOver() {
    this.#opening.want(false);
    this.#moved = true;
  }

  protected toast(toast: string) {
    this.store.setState({ toast });
    clearTimeout(this.#toastTimer);
    this.#toastTimer = setTimeout(() => this.store.setState({ toast: null }), TOAST_MS);
  }

  protected adopt(table: Table) {
    const state = this.store.getState();
    if (table !== state.table) this.#show(table, historyAfter(state));
  }

  #show(table: Table, history: Pick<ReturnType<typeof historyAfter>, 'past' | 'future'>) {
    const state = this.store.getState();
    this.takeOver();
    this.store.setState({ table, ...history, ...kept(state, state.table, table), badInput: null });
    const plans = (of: Table) => of.entries.map(({ plan }) => plan);
    if (JSON.stringify(plans(table)) !== JSON.stringify(plans(state.table))) this.#seeds.forget();
    this.#want(table);
    this.address.replaceSoon();
  }

  #want(table: Table) {
    this.store.setState({ runs: this.#runs.want(table.entries.map(({ plan }) => plan)) });
    this.#runsChanged();
  }

  #runsChanged() {
    if (this.store === undefined) return;
    const { runs, table } = this.store.getState();
    const again = runs.filter((run) => this.#secondTry.allows(run));
    if (again.length > 0) {
      for (const run of again) this.#runs.forget(run);
      this.#want(table);
      return;
    }
    const endUs = Math.max(0, ...runs.map(({ trace }) => trace.header?.endUs ?? 0));
    // A run that is over, or will not go on, holds nobody up.
    const known = runs.map(({ state, trace }) => (state === 'simulating' ? trace.knownUntilUs : endUs));
    this.player.extent(Math.min(endUs, ...known), endUs);
    const progress = runs
      .map(({ generation, state, trace }) => `${generation} ${state} ${percentOf(trace)}`)
      .join();
    if (progress !== this.store.getState().progress) this.store.setState({ progress });
    this.#opening.look();
  }

  #quietUntil(nowUs: number): number | null {
    let until = Number.POSITIVE_INFINITY;
    for (const { trace } of this.store.getState().runs) {
      if (nowUs >= (trace.header?.endUs ?? 0)) continue;
      const quiet = quietUntil(trace, nowUs);
      if (quiet === null) return null;
      until = Math.min(until, quiet);
    }
    return Number.isFinite(until) ? until : null;
  }

  #playheadMoved() {
    const { badInput } = this.store.getState();
    if (!this.player.playing && this.#moved && badInput === null) this.address.replaceSoon();
  }

  #place(): ComparePlace {
    const { table, selection, pair, differs, part, client, group, windowMs } = this.store.getState();
    const placeOf = (id: number) =>
      Math.max(
        0,
        table.entries.findIndex((entry) => entry.id === id),
      );
    return {
      comparison: comparisonOfTable(table),
      preset: table.preset,
      // The telling moment that the page finds by itself needs no saying.
      atUs: this.#moved ? Math.round(this.player.nowUs) : null,
      selection: selection && { variant: placeOf(selection.variant), what: selection.what },
      pair: [placeOf(pair.a), placeOf(pair.b)],
      differs,
      part,
      client,
      group,
      windowMs,
    };
  }
}

const percentOf = ({ knownUntilUs, header }: { knownUntilUs: number; header: { endUs: number } | null }) =>
  Math.floor((100 * knownUntilUs) / Math.max(1, header?.endUs ?? 1));
