import type { BadInput, FaultOffer } from '../pages/play/model.ts';
import { type Place, writeAddress } from './address.ts';
import { AddressBar } from './address-bar.ts';
import { BranchDesk } from './branches/branch-desk.ts';
import { type Branch, currentBranch } from './branches/branch-list.ts';
import { type Change, ScenarioEdits } from './edit/scenario-edits.ts';
import { firstState, planOf } from './first-state.ts';
import { LuckDesk } from './luck/luck-desk.ts';
import { quietUntil } from './moments.ts';
import { type Opening, openingOf } from './opening.ts';
import type { Player } from './player.ts';
import { findPreset, presetItems } from './presets.ts';
import { rulesNow, wantRules } from './rules.ts';
import { Runs } from './runs.ts';
import {
  changed,
  createPlayStore,
  keptSelection,
  type PlayStore,
  redone,
  undone,
  type Version,
} from './store.ts';
import type { RunInPage, WorkerLike } from './worker/client.ts';

/** Changes of the same thing within this time are one step of the history. */
const MERGE_MS = 1500;
const TOAST_MS = 3000;
/** Nobody waits for a crash: it takes longer to be noticed. */
const CRASH_MS = 10_000;

/** The scenario under work, and what follows from a change of it: another run, another address, a step of the history. */
export class Workbench extends ScenarioEdits {
  readonly store: PlayStore;
  readonly player: Player;
  protected readonly address: AddressBar;
  readonly branches: BranchDesk;
  readonly luck: LuckDesk;
  readonly #runs: Runs;
  readonly #opening: Opening;
  /** A person has been at the playhead: the address tells where it is. */
  #moved: boolean;
  #lastEdit = { key: '', atMs: Number.NEGATIVE_INFINITY };
  #toastTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(place: Place, badInput: BadInput | null, player: Player, spawn: () => WorkerLike) {
    super();
    this.player = player;
    this.#opening = openingOf(player, () => this.store.getState().run.trace);
    this.#moved = place.atUs !== null;
    this.#runs = new Runs(
      spawn,
      player,
      () => this.#runChanged(),
      (failure) => this.#crashed(failure),
    );
    const plan = planOf(place.scenario);
    this.#runs.start(plan, true);
    this.store = createPlayStore(
      firstState(place, badInput, this.#runs.shown as RunInPage, player.chosenSpeed),
    );
    this.branches = new BranchDesk(
      {
        store: this.store,
        adoptBranch: (branch) => this.#adoptBranch(branch),
        seek: (atUs) => this.player.seek(atUs),
        select: (selection) => this.store.setState({ selection }),
        toast: (text) => this.toast(text),
      },
      spawn,
    );
    this.luck = new LuckDesk(spawn, (luck) => this.store.setState({ luck }));
    this.luck.scenario(plan);
    this.address = new AddressBar('play', () =>
      writeAddress({ ...this.store.getState(), atUs: this.#momentInAddress() }),
    );
    this.#goTo(place.atUs);
    if (badInput === null) this.address.replace();
    player.skipsIdle = this.store.getState().settings.skipsIdle;
    player.quietUntil = (nowUs) => quietUntil(this.store.getState().run.trace, nowUs);
    player.subscribe(() => this.#playheadMoved());
  }

  /** The run of the scenario as it is now, which may still be on its way. */
  get latestRun(): RunInPage {
    return (this.#runs.pending ? this.#runs.latest : this.store.getState().run) ?? this.store.getState().run;
  }

  get settled(): boolean {
    return !this.#runs.pending && this.store.getState().run.state !== 'simulating';
  }

  async wantPresets() {
    if (this.store.getState().presets.length === 0) this.store.setState({ presets: await presetItems() });
  }

  wantKinds() {
    if (this.store.getState().rules === null) void this.learnRules();
  }

  async choosePreset(id: string) {
    const preset = await findPreset(id);
    if (preset !== undefined) this.open({ scenario: preset.scenario, preset, atUs: null });
  }

  backToPreset() {
    const { preset } = this.store.getState();
    if (preset !== null) this.edit('', () => preset.scenario);
  }

  undo() {
    const before = undone(this.store.getState());
    if (before !== null) this.#adopt(before, 'history');
  }

  redo() {
    const next = redone(this.store.getState());
    if (next !== null) this.#adopt(next, 'history');
  }

  restart() {
    this.#runs.start(this.store.getState().plan, false);
  }

  stop() {
    this.#runs.halt();
  }

  pause() {
    this.player.pause();
  }

  /** What goes wrong is to be put onto the timeline by hand, where it begins and for how long. */
  place(placing: FaultOffer | null) {
    this.store.setState({ placing });
  }

  protected get momentUs(): number {
    return Math.round(this.player.nowUs);
  }

  protected edit(key: string, change: Change, ofParts = false) {
    const state = this.store.getState();
    if (state.rules === null) {
      void this.learnRules().then((there) => there && this.edit(key, change, ofParts));
      return;
    }
    const scenario = change(state.scenario, state.rules.changes);
    if (scenario === state.scenario || JSON.stringify(scenario) === JSON.stringify(state.scenario)) return;
    const nowMs = performance.now();
    const merge = key !== '' && key === this.#lastEdit.key && nowMs - this.#lastEdit.atMs < MERGE_MS;
    const next = changed(state, { scenario, preset: state.preset }, merge);
    if (!this.#adopt(next, merge ? 'merge' : 'edit')) return;
    this.#lastEdit = { key, atMs: nowMs };
    const leftOut = (state.scenario.faults?.length ?? 0) - (scenario.faults?.length ?? 0);
    if (ofParts && leftOut > 0)
      this.toast(`Faults about what is not there any more are left out: ${leftOut}. Undo brings them back`);
  }

  /** Has the rules brought by which changes are judged. Whether they are there. */
  async learnRules(): Promise<boolean> {
    try {
      this.store.setState({ rules: await wantRules() });
      return true;
    } catch {
      this.toast('A part of Hopscope could not be loaded: the network is away');
      return false;
    }
  }

  /** Takes on another version of the scenario, runs it, and leaves the playhead where it is. */
  #adopt(
    next: Version & { past: readonly Version[]; future: readonly Version[] },
    how: 'edit' | 'merge' | 'history',
  ): boolean {
    const { rules } = this.store.getState();
    if (rules === null) return false; // nothing was changed before they came, so there is nothing to go back to
    const validation = rules.validate(next.scenario);
    if (!validation.ok) {
      this.toast(rules.problemsLine(validation.problems));
      return false;
    }
    this.takeOver();
    this.#lastEdit.key = '';
    const { plan: before, selection } = this.store.getState();
    const { scenario, preset } = next;
    const branches = this.branches.after({ scenario, preset, plan: validation.plan }, how);
    const { plan } = currentBranch(branches);
    const kept = keptSelection(selection, before, plan);
    // Looked for before the branch comes into view: its run may be the one that is shown.
    const there = this.branches.runOf(currentBranch(branches));
    this.store.setState({ ...next, plan, branches, selection: kept, badInput: null });
    this.luck.scenario(plan);
    if (there !== null) this.#runs.show(there);
    else this.#runs.start(plan, false);
    this.branches.changed();
    this.#holdLuck();
    this.address.replaceSoon();
    return true;
  }

  /** Another branch comes into view: a step of the history as any other change. */
  #adoptBranch({ scenario, preset }: Branch) {
    this.#adopt(changed(this.store.getState(), { scenario, preset }, false), 'edit');
  }

  #holdLuck() {
    this.luck.hold(!this.settled);
  }

  /** Another scenario altogether: its history begins with the one before. */
  protected open(place: Place, push = true) {
    const state = this.store.getState();
    const next = changed(state, { scenario: place.scenario, preset: place.preset }, false);
    this.player.pause();
    this.player.seek(0);
    const plan = planOf(place.scenario);
    const branches = this.branches.opened({ scenario: place.scenario, preset: place.preset, plan });
    this.store.setState({
      ...next,
      plan,
      branches,
      comparison: null,
      selection: place.selection ?? null,
      caption: place.caption ?? null,
      branch: place.branch ?? null,
      embed: place.embed ?? null,
      shown: { ...state.shown, ...place.shown },
      badInput: null,
      rules: rulesNow(),
    });
    this.luck.scenario(plan);
    this.#runs.start(plan, true);
    this.branches.changed();
    this.#goTo(place.atUs);
    if (push) this.address.push();
  }

  /** The playhead is a person's from now on. */
  protected takeOver() {
    this.#opening.want(false);
    this.#moved = true;
  }

  #goTo(atUs: number | null) {
    this.#opening.want(atUs === null);
    this.#moved = atUs !== null;
    if (atUs !== null) this.player.seek(atUs);
    else this.#opening.look();
  }

  #runChanged() {
    const run = this.#runs.shown;
    if (run === null || this.store === undefined) return;
    // The playhead tells the views that a trace has grown; all else is drawn anew only for what can be read there.
    const progress = `${run.generation} ${run.state} ${run.trace.omitted > 0 ? run.trace.records >> 18 : ''}`;
    this.store.setState({ run, progress });
    if (run.report !== null) this.luck.took(run.report.engine.wallMs);
    if (run.state !== 'simulating') this.branches.changed();
    this.#holdLuck();
    this.#opening.look();
    this.runGrew();
  }

  #crashed(failure: string) {
    this.toast(`The simulation crashed (${failure}) and was started again where it was`, CRASH_MS);
  }

  /** More of the run is known, or another run is shown. */
  protected runGrew(): void {}

  #playheadMoved() {
    if (!this.player.playing && this.#moved && this.store.getState().badInput === null) {
      this.address.replaceSoon();
    }
  }

  /** The telling moment that the page finds by itself needs no saying. */
  #momentInAddress(): number | null {
    return this.#moved ? Math.round(this.player.aimUs) : null;
  }

  protected toast(toast: string, forMs = TOAST_MS) {
    this.store.setState({ toast });
    clearTimeout(this.#toastTimer);
    this.#toastTimer = setTimeout(() => this.store.setState({ toast: null }), forMs);
  }
}
