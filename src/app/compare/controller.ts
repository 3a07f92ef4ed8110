import type { CompareActions, ComparePart, Pair, VariantSelection } from '../../pages/compare/model.ts';
import type { BadInput, Theme } from '../../pages/play/model.ts';
import type { Settings } from '../../pages/play/shown.ts';
import { comparisonText, looksLikeComparison, parseComparison } from '../../scenarios/compare/comparison.ts';
import { parseScenario, problemsLine, type ScenarioInput, validate } from '../../scenarios/validate.ts';
import { writeAddress } from '../address.ts';
import { announce, happeningsAt } from '../announcer.ts';
import { copyText, saveText } from '../files.ts';
import { nextMoment, nextRecord } from '../moments.ts';
import type { Player } from '../player.ts';
import { findPreset } from '../presets.ts';
import { rememberSettings } from '../settings.ts';
import { rememberTheme } from '../theme.ts';
import type { WorkerLike } from '../worker/client.ts';
import { type ComparePlace, FIRST_WHAT, readCompareAddress, startingPlace } from './address.ts';
import { VariantBench } from './bench.ts';
import { letterOf } from './words.ts';

/** Everything a person can do on Compare. */
export class CompareController extends VariantBench implements CompareActions {
  constructor(place: ComparePlace, badInput: BadInput | null, player: Player, spawn: () => WorkerLike) {
    super(place, badInput, player, spawn);
    announce(
      player,
      (atUs) => this.#happenings(atUs),
      (announcement) => this.store.setState({ announcement }),
    );
  }

  // ── time

  toggle() {
    this.takeOver();
    this.player.toggle();
  }

  play() {
    this.takeOver();
    this.player.play();
  }

  /** To the next moment, or the last before, at which something happens in any of the variants. */
  step(by: 1 | -1) {
    this.#stepBy(by, nextMoment);
  }

  /** To the next time, or the last before, at which anything at all was recorded in any of them. */
  stepRecord(by: 1 | -1) {
    this.#stepBy(by, nextRecord);
  }

  seek(atUs: number) {
    this.takeOver();
    this.player.seek(atUs);
  }

  setSpeed(speed: number | null) {
    this.player.setSpeed(speed);
    this.store.setState({ speed });
  }

  changeSpeed(by: 1 | -1) {
    this.player.changeSpeed(by);
    this.setSpeed(this.player.chosenSpeed);
  }

  select(selection: VariantSelection | null, atUs?: number) {
    if (atUs !== undefined) {
      this.player.pause();
      this.seek(atUs);
    }
    const { part } = this.store.getState();
    const leave = selection === null && part === 'why' ? { part: FIRST_WHAT.part } : {};
    this.store.setState({ selection, ...leave });
    this.address.replaceSoon();
  }

  #stepBy(by: 1 | -1, next: typeof nextMoment) {
    this.player.pause();
    const { runs } = this.store.getState();
    const moments = runs.flatMap(({ trace }) => next(trace, this.player.nowUs, by > 0) ?? []);
    if (moments.length > 0) this.seek(by > 0 ? Math.min(...moments) : Math.max(...moments));
  }

  // ── what is shown

  /** Of one variant with itself there is nothing to tell: whoever chooses the other side's changes places with it. */
  setPair(pair: Pair) {
    const { a, b } = this.store.getState().pair;
    this.#show({ pair: pair.a === pair.b ? { a: b, b: a } : pair });
  }

  setDiffers(differs: boolean) {
    this.#show({ differs });
  }

  setClient(client: string | null) {
    this.#show({ client });
  }

  setGroup(group: string | null) {
    this.#show({ group });
  }

  setWindow(windowMs: number) {
    this.#show({ windowMs });
  }

  show(part: ComparePart) {
    this.#show({ part });
  }

  #show(change: Partial<ReturnType<typeof this.store.getState>>) {
    this.store.setState(change);
    this.address.replaceSoon();
  }

  set(change: Partial<Settings>) {
    const settings = { ...this.store.getState().settings, ...change };
    this.player.skipsIdle = settings.skipsIdle;
    this.store.setState({ settings });
    rememberSettings(settings);
  }

  present(presenting: boolean) {
    const { part } = this.store.getState();
    this.store.setState({ presenting, part: part === 'variants' ? FIRST_WHAT.part : part });
  }

  setTheme(theme: Theme) {
    rememberTheme(theme);
    this.store.setState({ theme });
  }

  showKeys(keysShown: boolean) {
    this.store.setState({ keysShown });
  }

  showPalette(paletteShown: boolean) {
    if (paletteShown) this.wantPresets();
    this.store.setState({ paletteShown, paletteTyped: '' });
  }

  // ── coming and going

  async choosePreset(id: string) {
    const preset = await findPreset(id);
    if (preset !== undefined) this.open(startingPlace(preset.scenario, preset));
  }

  /** A file's text: of a comparison, or of a scenario to compare variants of. */
  openText(text: string, from: string) {
    const parsed = parseScenario(text);
    if (!parsed.ok) return this.refuse(`${from}: ${problemsLine(parsed.problems)}`, text);
    if (looksLikeComparison(parsed.input)) {
      const read = parseComparison(text);
      if (!read.ok) return this.refuse(`${from}: ${read.problem}.`, text);
      return this.open({ ...FIRST_WHAT, comparison: read.comparison, preset: null, atUs: null });
    }
    const validation = validate(parsed.input);
    if (!validation.ok) return this.refuse(`${from}: ${problemsLine(validation.problems)}`, text);
    this.open(startingPlace(parsed.input as ScenarioInput, null));
  }

  /** Says why something could not be opened. What was there stays. */
  refuse(message: string, text: string) {
    this.store.setState({ badInput: { message, text } });
  }

  dismiss() {
    this.store.setState({ badInput: null });
    this.address.replaceSoon();
  }

  save() {
    const { name = '' } = this.comparison.base;
    const stem = name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 50);
    saveText(`${stem || 'scenario'}-compared.json`, `${comparisonText(this.comparison)}\n`);
  }

  async share() {
    await this.copy(await this.link(), 'Link copied: variants, seed, moment and what is selected');
  }

  async copy(text: string, done = 'Copied') {
    this.toast(
      (await copyText(text)) ? done : 'The browser does not let this page copy; use the address bar',
    );
  }

  /** The address, brought up to date. */
  async link(): Promise<string> {
    this.address.arrived(location.hash);
    await this.address.replace();
    return location.href;
  }

  async openInPlay(id: number) {
    const entry = this.store.getState().table.entries.find((one) => one.id === id);
    if (entry === undefined) return;
    const name = `${entry.plan.name}: ${entry.name}`.slice(0, 200);
    const scenario = { ...entry.input, name };
    location.hash = await writeAddress({ scenario, preset: null, atUs: Math.round(this.player.nowUs) });
  }

  /** Another page is shown in this one's place, or this one again. */
  leave() {
    this.player.pause();
  }

  async comeBack() {
    this.address.arrived(location.hash);
    await this.address.replace();
  }

  /** Somebody pasted another address, or went back. */
  async addressChanged() {
    const reading = await this.address.visited(location.hash, readCompareAddress);
    if (reading === null) return;
    if (reading.ok) this.open(reading.place, false);
    else this.store.setState({ badInput: reading });
  }

  /** What happens at a moment in each variant, by its letter. */
  #happenings(atUs: number): string[] {
    return this.store
      .getState()
      .runs.flatMap(({ trace }, place) =>
        happeningsAt(trace, atUs).map((what) => `${letterOf(place)}: ${what}`),
      );
  }
}
