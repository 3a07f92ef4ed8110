import { type Settings, type ShowActions, type Shown, SPLIT, type Until } from '../pages/play/shown.ts';
import { LONGEST_CAPTION } from './address-fields.ts';
import type { Condition } from './run-to.ts';
import { boundedSplit, rememberSettings } from './settings.ts';
import { Workbench } from './workbench.ts';

/** What is shown of the run and how: views, presentation, where to run to, and the ways to pass it on. */
export abstract class Showing extends Workbench implements ShowActions {
  /** What is looked for as the simulation goes on. */
  #wanted: {
    condition: Condition;
    fromUs: number;
    targets: typeof import('./targets.ts');
    over(): void;
  } | null = null;

  abstract copy(text: string, done?: string): Promise<void>;

  show(change: Partial<Shown>) {
    this.store.setState(({ shown }) => ({ shown: { ...shown, ...change } }));
    this.address.replaceSoon();
  }

  set(change: Partial<Settings>) {
    const settings = { ...this.store.getState().settings, ...change };
    settings.split = boundedSplit(settings.split);
    this.player.skipsIdle = settings.skipsIdle;
    this.store.setState({ settings });
    rememberSettings(settings);
  }

  resetSplit() {
    this.set({ split: SPLIT.usual });
  }

  showPalette(paletteShown: boolean) {
    if (paletteShown) this.wantPresets(); // the palette offers them
    this.store.setState({ paletteShown, paletteTyped: '' });
  }

  fullScreen() {
    const done = document.fullscreenElement
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen?.();
    done?.catch(() => this.toast('The browser does not let this page fill the screen'));
  }

  // ── an audience

  present(presenting: boolean) {
    const { shown } = this.store.getState();
    const part = shown.part === 'controls' ? 'panel' : shown.part;
    this.store.setState({ presenting, blank: false, shown: { ...shown, part } });
  }

  setBlank(blank: boolean) {
    this.store.setState({ blank });
  }

  // ── run to

  /** Until the last thing that was run to is looked for: what is done with the moment next waits for it. */
  protected underWay: Promise<void> = Promise.resolve();

  runTo(target: string | Until): Promise<void> {
    this.underWay = this.#runTo(target);
    return this.underWay;
  }

  async #runTo(target: string | Until) {
    this.takeOver();
    this.player.pause();
    const fromUs = this.player.nowUs;
    const targets = await import('./targets.ts');
    const condition = targets.conditionOf(target);
    if (condition === undefined) return;
    this.stopLooking();
    await new Promise<void>((over) => {
      this.#wanted = { condition, fromUs, targets, over };
      this.#look();
    });
  }

  /** Goes to where something arrived, and tells its story. */
  tell({ message, client, atUs }: { message: number; client: number; atUs: number }) {
    this.takeOver();
    this.player.pause();
    this.player.seek(atUs);
    const { shown } = this.store.getState();
    this.store.setState({
      selection: { kind: 'message', message, client },
      shown: { ...shown, part: 'why' },
    });
    this.address.replaceSoon();
  }

  /** What was looked for is found, or nobody wants it any more. */
  protected stopLooking() {
    this.#wanted?.over();
    this.#wanted = null;
  }

  protected override runGrew() {
    if (this.#wanted !== null) this.#look();
  }

  #look() {
    if (this.#wanted === null) return;
    const { condition, fromUs, targets } = this.#wanted;
    const { run } = this.store.getState();
    const found = targets.findNext(run.trace, fromUs, condition);
    if (found === null && run.state === 'simulating') return;
    if (found === null) {
      const end = `the end of this run at ${(this.player.endUs / 1e6).toFixed(2)} s`;
      this.toast(`No further ${targets.conditionWords(condition)} until ${end}`);
    } else {
      this.player.seek(found.atUs);
      this.store.setState({ selection: found.subject });
      this.address.replaceSoon();
    }
    this.stopLooking();
  }

  // ── passing it on

  setCaption(caption: string | null) {
    const text = caption?.trim().slice(0, LONGEST_CAPTION) || null;
    this.store.setState({ caption: text });
    this.address.replaceSoon();
  }

  /** The address, brought up to date. */
  async link(): Promise<string> {
    await this.address.replace();
    return location.href;
  }

  async copyEmbed() {
    const { plan } = this.store.getState();
    const { frameCode } = await import('./frame-code.ts');
    await this.copy(frameCode(await this.link(), plan.name), 'Code of a frame copied: paste it into a page');
  }

  fullAddress(): string {
    const address = new URL(location.href);
    const [, query = ''] = address.hash.split('?');
    const given = new URLSearchParams(query);
    for (const key of ['theme', 'controls', 'autoplay']) given.delete(key);
    address.hash = `#/play?${given}`;
    return address.href;
  }
}
