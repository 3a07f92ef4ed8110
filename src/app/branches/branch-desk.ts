import type { BranchActions } from '../../pages/play/branches/model.ts';
import type { Selection } from '../../views/index.ts';
import type { PlayStore } from '../store.ts';
import type { RunInPage, WorkerLike } from '../worker/client.ts';
import {
  adopted,
  type Branch,
  type BranchList,
  branchOf,
  currentBranch,
  firstBranch,
  MOST_BRANCHES,
  MOST_PINNED,
  originalBranch,
  pinned,
  removed,
  renamed,
  sameScenario,
  shown,
  type Version,
  withGhost,
} from './branch-list.ts';
import { KeptRuns } from './kept-runs.ts';
import { SideRuns } from './side-runs.ts';

/** Openings whose branches are remembered. */
const MOST_CLOSED = 4;

/** What the branches need of the page around them. */
export interface BranchHost {
  readonly store: PlayStore;
  /** Makes a branch's scenario the one under work, as a step of the history. */
  adoptBranch(branch: Branch): void;
  seek(atUs: number): void;
  select(selection: Selection | null): void;
  toast(text: string): void;
}

/** What a person can do with branches, and the runs that this needs: kept, or simulated once more. */
export class BranchDesk implements BranchActions {
  readonly #host: BranchHost;
  readonly #kept = new KeptRuns();
  readonly #side: SideRuns;
  /** Branches of what was open before, which undo can go back to. */
  #closed: readonly BranchList[] = [];
  #toldLetGo = false;

  constructor(host: BranchHost, spawn: () => WorkerLike) {
    this.#host = host;
    this.#side = new SideRuns(spawn, (run) => this.#sideFinished(run));
  }

  /** A finished run of this branch, if there is one at hand. */
  runOf(branch: Branch | undefined): RunInPage | null {
    const { run } = this.#state;
    if (branch !== undefined && run.plan === branch.plan && run.state === 'done') return run;
    return this.#kept.get(branch?.plan);
  }

  /** The list once the scenario has become another one: see {@link adopted}. */
  after(version: Version, how: 'edit' | 'merge' | 'history'): BranchList {
    const list = this.#list;
    const has = (one: BranchList) => one.all.find(({ scenario }) => sameScenario(scenario, version.scenario));
    if (how !== 'history' || has(list) !== undefined) return adopted(list, version, how);
    const closed = this.#closed.find((one) => has(one) !== undefined);
    if (closed === undefined) {
      const same = originalBranch(list).preset === version.preset;
      return same ? adopted(list, version, how) : this.opened(version);
    }
    this.#closed = [list, ...this.#closed.filter((one) => one !== closed)];
    return shown(closed, has(closed)?.id ?? closed.current);
  }

  /** The list of a scenario that is opened; that of the one before is remembered. */
  opened(version: Version): BranchList {
    this.#closed = [this.#list, ...this.#closed].slice(0, MOST_CLOSED);
    return firstBranch(version);
  }

  switchTo(id: number) {
    const branch = branchOf(this.#list, id);
    if (branch !== undefined && id !== this.#list.current) this.#host.adoptBranch(branch);
  }

  toOriginal() {
    this.switchTo(originalBranch(this.#list).id);
  }

  rename(id: number, name: string) {
    this.#set(renamed(this.#list, id, name));
  }

  remove(id: number) {
    const { comparison } = this.#state;
    if (comparison?.a === id || comparison?.b === id) this.closeComparison();
    this.#set(removed(this.#list, id));
  }

  pin(id: number, on: boolean) {
    const list = pinned(this.#list, id, on);
    if (list !== null) this.#set(list);
    else
      this.#host.toast(
        `At most ${MOST_PINNED} can be pinned: ${MOST_BRANCHES} runs are kept, and new ones need room`,
      );
  }

  setGhost(id: number | null) {
    this.#set(withGhost(this.#list, id));
  }

  compare(a?: number, b?: number) {
    const list = this.#list;
    const [one, other] = [a ?? list.ghost ?? this.#anyOther(), b ?? list.current];
    if (one === undefined || one === other) return;
    this.#host.store.setState({ comparison: { a: one, b: other } });
    this.changed();
  }

  closeComparison() {
    this.#host.store.setState({ comparison: null });
    this.changed();
  }

  goTo(id: number, selection: Selection, atUs: number) {
    this.switchTo(id);
    this.#host.select(selection);
    this.#host.seek(atUs);
  }

  /** To be called after the list of branches, or the run that is shown, has become another one. */
  changed() {
    const list = this.#list;
    const { run, comparison, failedRuns } = this.#state;
    this.#kept.put(run);
    const compared = [comparison?.a ?? null, comparison?.b ?? null];
    const inUse = [list.ghost, ...compared].flatMap((id) => branchOf(list, id) ?? []);
    const current = currentBranch(list);
    const wanted = inUse
      .filter((branch) => branch !== current && !failedRuns.has(branch.plan) && this.runOf(branch) === null)
      .map(({ plan }) => plan);
    this.#kept.prune(
      [current, ...inUse].map(({ plan }) => plan),
      list.all.map(({ plan }) => plan),
    );
    this.#side.want(wanted);
    this.#publish();
    this.#sayWhatWent();
  }

  /** Puts the runs that views need into the store. */
  #publish() {
    const list = this.#list;
    const { comparison } = this.#state;
    const runs = [list.ghost, comparison?.a ?? null, comparison?.b ?? null].map((id) =>
      this.runOf(branchOf(list, id)),
    );
    const [ghostRun, a, b] = runs as [RunInPage | null, RunInPage | null, RunInPage | null];
    const before = this.#state;
    if (before.ghostRun !== ghostRun || before.comparedRuns[0] !== a || before.comparedRuns[1] !== b) {
      this.#host.store.setState({ ghostRun, comparedRuns: [a, b] });
    }
  }

  #sideFinished(run: RunInPage) {
    if (run.state === 'failed') {
      const failedRuns = new Map(this.#state.failedRuns).set(run.plan, run.failure ?? 'it failed');
      this.#host.store.setState({ failedRuns });
    } else this.#kept.put(run);
    this.changed();
  }

  /** In full the first time; after that the menu says it. */
  #sayWhatWent() {
    const { letGo } = this.#list;
    if (letGo === null || this.#toldLetGo) return;
    this.#toldLetGo = true;
    this.#host.toast(`${MOST_BRANCHES} runs are kept: “${letGo}” was let go. Pin what is to stay.`);
  }

  #anyOther(): number | undefined {
    return this.#list.all.find(({ id }) => id !== this.#list.current)?.id;
  }

  get #state() {
    return this.#host.store.getState();
  }

  get #list(): BranchList {
    return this.#state.branches;
  }

  #set(branches: BranchList) {
    if (branches === this.#list) return;
    this.#host.store.setState({ branches });
    this.changed();
  }
}
