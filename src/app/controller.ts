import type { PlayActions, Theme } from '../pages/play/model.ts';
import type { ScenarioInput } from '../scenarios/validate.ts';
import { isPreset, readAddress } from './address.ts';
import { copyText, saveText } from './files.ts';
import { nextMoment, nextRecord } from './moments.ts';
import type { Renewal } from './offline/renewal.ts';
import { wantRules } from './rules.ts';
import { Showing } from './showing.ts';
import { rememberTheme } from './theme.ts';

/** Everything a person can do on Play. */
export class Controller extends Showing implements PlayActions {
  // ── time

  toggle() {
    this.takeOver();
    this.player.toggle();
  }

  play() {
    this.takeOver();
    this.player.play();
  }

  step(by: 1 | -1) {
    this.takeOver();
    this.player.pause();
    const moment = nextMoment(this.store.getState().run.trace, this.player.nowUs, by > 0);
    if (moment !== null) this.player.seek(moment);
  }

  /** To the next time, or the last before, at which anything at all was recorded. */
  stepRecord(by: 1 | -1) {
    this.takeOver();
    this.player.pause();
    const atUs = nextRecord(this.store.getState().run.trace, this.player.nowUs, by > 0);
    if (atUs !== null) this.player.seek(atUs);
  }

  seek(atUs: number) {
    this.stopLooking();
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

  select(selection: Parameters<PlayActions['select']>[0]) {
    this.store.setState({ selection });
    this.address.replaceSoon();
  }

  // ── coming and going

  async openText(text: string, from: string) {
    if (!(await this.learnRules())) return;
    const { parseScenario, problemsLine, validate } = await wantRules();
    const parsed = parseScenario(text);
    const validation = parsed.ok ? validate(parsed.input) : parsed;
    if (parsed.ok && validation.ok) {
      this.open({ scenario: parsed.input as ScenarioInput, preset: null, atUs: null });
    } else if (!validation.ok) this.refuse(`${from}: ${problemsLine(validation.problems)}`, text);
  }

  /** Says why something could not be opened. What was there stays. */
  refuse(message: string, text: string) {
    this.store.setState({ badInput: { message, text } });
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

  async share() {
    await this.underWay;
    await this.copy(await this.link(), 'Link copied: scenario, seed, changes, moment and what is selected');
  }

  async copy(text: string, done = 'Copied') {
    this.toast(
      (await copyText(text)) ? done : 'The browser does not let this page copy; use the address bar',
    );
  }

  /** To the page on which variants of this scenario are compared. */
  async compareVariants() {
    const { scenario, preset } = this.store.getState();
    const { compareAddressOf } = await import('./compare/address.ts');
    location.hash = await compareAddressOf(
      scenario,
      preset !== null && isPreset(scenario, preset) ? preset : null,
    );
  }

  /** Another page takes this one's place. */
  leave() {
    this.player.pause();
  }

  /** This page is back, as it was left. */
  async comeBack() {
    this.address.arrived(location.hash);
    await this.address.replace();
  }

  dismiss() {
    this.store.setState({ badInput: null });
    this.address.replaceSoon();
  }

  setTheme(theme: Theme) {
    rememberTheme(theme);
    this.store.setState({ theme });
  }

  /** A newer build waits, and says so; it comes in when somebody asks for it. */
  offerRenewal(renewal: Renewal) {
    this.store.setState({ renewal });
  }

  renew() {
    this.store.getState().renewal?.take();
  }

  postponeRenewal() {
    this.store.setState({ renewal: null });
  }

  showKeys(keysShown: boolean) {
    this.store.setState({ keysShown });
  }

  /** Somebody pasted another address, or went back. */
  async addressChanged() {
    const reading = await this.address.visited(location.hash, readAddress);
    if (reading === null) return;
    if (reading.ok) this.open(reading.place, false);
    else this.store.setState({ badInput: reading });
  }
}
