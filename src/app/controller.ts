import type { BadInput, PlayActions, Theme } from '../pages/play/model.ts';
import { findPreset } from '../scenarios/presets/index.ts';
import { parseScenario, problemsLine, type ScenarioInput, validate } from '../scenarios/validate.ts';
import { FIRST_PRESET, type Place, readAddress } from './address.ts';
import { AddressBar } from './address-bar.ts';
import { announce } from './announcer.ts';
import { type Change, ScenarioEdits } from './edit/scenario-edits.ts';
import { copyText, saveText } from './files.ts';
import { nextMoment, tellingMoment } from './moments.ts';
import type { Player } from './player.ts';
import { Runs } from './runs.ts';
import { changed, createPlayStore, type PlayStore, redone, undone, type Version } from './store.ts';
import { rememberTheme, storedTheme } from './theme.ts';
import type { RunInPage, WorkerLike } from './worker/client.ts';

/** Changes of the same thing within this time are one step of the history. */
const MERGE_MS = 1500;
const TOAST_MS = 3000;

/** Everything a person can do on Play, and what follows from it: another scenario, another run, another address. */
export class Controller extends ScenarioEdits implements PlayActions {
  readonly store: PlayStore;
  readonly player: Player;
  readonly #runs: Runs;
  readonly #address: AddressBar;
  /** Goes to a moment worth seeing as soon as one is known. */
  #seekTelling = false;
  /** A person has been at the playhead: the address tells where it is. */
  #moved: boolean;
  #lastEdit = { key: '', atMs: Number.NEGATIVE_INFINITY };
  #toastTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(place: Place, badInput: BadInput | null, player: Player, spawn: () => WorkerLike) {
    super();
    this.player = player;
    this.#moved = place.atUs !== null;
    this.#runs = new Runs(spawn, player, () => this.#runChanged());
    const plan = planOf(place.scenario);
    this.#runs.start(plan, true);
    this.store = createPlayStore({
      scenario: place.scenario,
      preset: place.preset,
      plan,
      run: this.#runs.shown as RunInPage,
      news: 0,
      selection: null,
      past: [],
      future: [],
      theme: storedTheme(),
      badInput,
      toast: null,
      announcement: '',
      keysShown: false,
    });
    this.#address = new AddressBar(() => ({ ...this.store.getState(), atUs: this.#momentInAddress() }));
    announce(
      player,
      () => this.store.getState().run.trace,
      (announcement) => this.store.setState({ announcement }),
    );
    this.#goTo(place.atUs);
    if (badInput === null) this.#address.replace();
    player.subscribe(() => this.#playheadMoved());
  }

  /** The run of the scenario as it is now, which may still be on its way. */
  get latestRun(): RunInPage {
    return (this.#runs.pending ? this.#runs.latest : this.store.getState().run) ?? this.store.getState().run;
  }

  get settled(): boolean {
    return !this.#runs.pending && this.store.getState().run.state !== 'simulating';
  }

  // ── time

  toggle() {
    this.#takeOver();
    this.player.toggle();
  }

  step(by: 1 | -1) {
    this.#takeOver();
    this.player.pause();
    const moment = nextMoment(this.store.getState().run.trace, this.player.nowUs, by > 0);
    if (moment !== null) this.player.seek(moment);
  }

  seek(atUs: number) {
    this.#takeOver();
    this.player.seek(atUs);
  }

  setSpeed(speed: number | null) {
    this.player.setSpeed(speed);
    this.store.setState({ news: this.store.getState().news + 1 });
  }

  changeSpeed(by: 1 | -1) {
    this.player.changeSpeed(by);
    this.setSpeed(this.player.chosenSpeed);
  }

  select(selection: Parameters<PlayActions['select']>[0]) {
    this.store.setState({ selection });
  }

  // ── the scenario

  choosePreset(id: string) {
    const preset = findPreset(id);
    if (preset !== undefined) this.#open({ scenario: preset.scenario, preset: id, atUs: null });
  }

  backToPreset() {
    const { preset } = this.store.getState();
    const original = preset === null ? undefined : findPreset(preset);
    if (original !== undefined) this.edit('', () => original.scenario);
  }

  undo() {
    const before = undone(this.store.getState());
    if (before !== null) this.#adopt(before);
  }

  redo() {
    const next = redone(this.store.getState());
    if (next !== null) this.#adopt(next);
  }

  // ── coming and going

  openText(text: string, from: string) {
    const parsed = parseScenario(text);
    const validation = parsed.ok ? validate(parsed.input) : parsed;
    if (parsed.ok && validation.ok) {
      this.#open({ scenario: parsed.input as ScenarioInput, preset: null, atUs: null });
    } else if (!validation.ok) {
      this.store.setState({ badInput: { message: `${from}: ${problemsLine(validation.problems)}`, text } });
    }
  }

  save() {
    const { scenario, plan } = this.store.getState();
    const name = plan.name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60);
    saveText(`${name || 'scenario'}.json`, `${JSON.stringify(scenario, null, 2)}\n`);
  }

  /** The address, brought up to date. */
  async link(): Promise<string> {
    await this.#address.replace();
    return location.href;
  }

  async share() {
    await this.copy(await this.link(), 'Link copied: scenario, seed, changes and moment');
  }

  async copy(text: string, done = 'Copied') {
    this.#toast(
      (await copyText(text)) ? done : 'The browser does not let this page copy; use the address bar',
    );
  }

  dismiss() {
    this.store.setState({ badInput: null });
    this.#address.replaceSoon();
  }

  restart() {
    this.#runs.start(this.store.getState().plan, true);
  }

  setTheme(theme: Theme) {
    rememberTheme(theme);
    this.store.setState({ theme });
  }

  showKeys(keysShown: boolean) {
    this.store.setState({ keysShown });
  }

  /** Somebody pasted another address, or went back. */
  async addressChanged() {
    if (this.#address.isOwn(location.hash)) return;
    const reading = await readAddress(location.hash);
    if (reading.ok) this.#open(reading.place, false);
    else this.store.setState({ badInput: reading });
  }

  // ── what follows

  protected get momentUs(): number {
    return Math.round(this.player.nowUs);
  }

  protected edit(key: string, change: Change) {
    const state = this.store.getState();
    const scenario = change(state.scenario);
    if (scenario === state.scenario || JSON.stringify(scenario) === JSON.stringify(state.scenario)) return;
    const nowMs = performance.now();
    const merge = key !== '' && key === this.#lastEdit.key && nowMs - this.#lastEdit.atMs < MERGE_MS;
    if (this.#adopt(changed(state, { scenario, preset: state.preset }, merge))) {
      this.#lastEdit = { key, atMs: nowMs };
    }
  }

  /** Takes on another version of the scenario, runs it, and leaves the playhead where it is. */
  #adopt(next: Version & { past: readonly Version[]; future: readonly Version[] }): boolean {
    const validation = validate(next.scenario);
    if (!validation.ok) {
      this.#toast(problemsLine(validation.problems));
      return false;
    }
    this.#takeOver();
    this.#lastEdit.key = '';
    this.store.setState({ ...next, plan: validation.plan, badInput: null });
    this.#runs.start(validation.plan, false);
    this.#address.replaceSoon();
    return true;
  }

  /** Another scenario altogether: its history begins with the one before. */
  #open(place: Place, push = true) {
    const state = this.store.getState();
    const next = changed(state, { scenario: place.scenario, preset: place.preset }, false);
    this.player.pause();
    this.player.seek(0);
    const plan = planOf(place.scenario);
    this.store.setState({ ...next, plan, selection: null, badInput: null });
    this.#runs.start(plan, true);
    this.#goTo(place.atUs);
    if (push) this.#address.push();
  }

  /** The playhead is a person's from now on. */
  #takeOver() {
    this.#seekTelling = false;
    this.#moved = true;
  }

  #goTo(atUs: number | null) {
    this.#seekTelling = atUs === null;
    this.#moved = atUs !== null;
    if (atUs !== null) this.player.seek(atUs);
    else this.#lookForMoment();
  }

  #lookForMoment() {
    if (!this.#seekTelling || this.player.playing) return;
    const moment = tellingMoment(this.store.getState().run.trace);
    if (moment === null) return;
    this.#seekTelling = false;
    this.player.seek(moment);
  }

  #runChanged() {
    const run = this.#runs.shown;
    if (run === null || this.store === undefined) return;
    this.store.setState((state) => ({ run, news: state.news + 1 }));
    this.#lookForMoment();
  }

  #playheadMoved() {
    if (!this.player.playing && this.#moved && this.store.getState().badInput === null) {
      this.#address.replaceSoon();
    }
  }

  /** The telling moment that the page finds by itself needs no saying. */
  #momentInAddress(): number | null {
    return this.#moved ? this.momentUs : null;
  }

  #toast(toast: string) {
    this.store.setState({ toast });
    clearTimeout(this.#toastTimer);
    this.#toastTimer = setTimeout(() => this.store.setState({ toast: null }), TOAST_MS);
  }
}

/** The plan of a scenario that is known to hold water. */
function planOf(scenario: ScenarioInput) {
  const validation = validate(scenario);
  if (validation.ok) return validation.plan;
  const fallback = validate(FIRST_PRESET.scenario);
  if (fallback.ok) return fallback.plan;
  throw new Error(`The first preset does not hold: ${problemsLine(fallback.problems)}`);
}
