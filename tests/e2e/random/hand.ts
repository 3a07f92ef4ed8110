import type { Page } from '@playwright/test';
import { Dice } from './dice.ts';
import { HASHES, KEYS, SIZES, TEXTS, TYPED } from './inputs.ts';

/** Everything that can be pressed, chosen, typed into or moved. */
const CONTROLS =
  'button, summary, a[href], select, input, textarea, [role=tab], [role=slider], [role=separator], [role=grid], [role=gridcell], [role=option], canvas';

/** As much of the Navigation API as is used here. */
interface Navigation {
  currentEntry: { index: number };
  entries(): { sameDocument: boolean }[];
}

type Act = () => Promise<string>;

/** A hand that does anything at random: the same from the same seed on a page that behaves the same. */
export class Hand {
  readonly #page: Page;
  readonly #dice: Dice;
  readonly #acts: readonly [Act, ...Act[]];
  /** What was done, the last at the end. */
  readonly done: string[] = [];

  constructor(page: Page, seed: number) {
    this.#page = page;
    this.#dice = new Dice(seed);
    const often = (times: number, act: Act): Act[] => Array<Act>(times).fill(act);
    this.#acts = [
      () => this.#clickControl(),
      ...often(21, () => this.#clickControl()),
      ...often(20, () => this.#key()),
      ...often(8, () => this.#clickPoint()),
      ...often(7, () => this.#drag()),
      ...often(5, () => this.#wheel()),
      ...often(4, () => this.#type()),
      ...often(3, () => this.#choose()),
      ...often(3, () => this.#wait()),
      ...often(2, () => this.#paste()),
      ...often(2, () => this.#resize()),
      ...often(1, () => this.#drop()),
      ...often(1, () => this.#address()),
      ...often(1, () => this.#history()),
    ];
  }

  async step(): Promise<void> {
    const at = this.done.push('…') - 1;
    const said = await this.#dice.of(this.#acts)();
    this.done[at] = said;
  }

  async #clickControl(): Promise<string> {
    const box = await this.#control(CONTROLS);
    if (box === null) return 'nothing to click';
    const { x, y, name } = box;
    await this.#page.mouse.click(x, y, { clickCount: this.#dice.share() < 0.1 ? 2 : 1 });
    return `click ${name} at ${x},${y}`;
  }

  async #clickPoint(): Promise<string> {
    const { x, y } = this.#point();
    const button = this.#dice.share() < 0.15 ? 'right' : 'left';
    await this.#page.mouse.click(x, y, { button });
    return `click ${button} at ${x},${y}`;
  }

  async #key(): Promise<string> {
    const key = this.#dice.of(KEYS);
    const times = this.#dice.share() < 0.15 ? this.#dice.whole(2, 9) : 1;
    for (let i = 0; i < times; i++) await this.#page.keyboard.press(key);
    return `press ${key} × ${times}`;
  }

  async #drag(): Promise<string> {
    const from = this.#dice.share() < 0.7 ? await this.#control(CONTROLS) : { ...this.#point(), name: '' };
    if (from === null) return 'nothing to drag';
    const to = this.#point();
    const { mouse } = this.#page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(to.x, to.y, { steps: this.#dice.whole(1, 6) });
    // Let go of in the middle of it, now and then.
    const givenUp = this.#dice.share() < 0.15;
    if (givenUp) await this.#page.keyboard.press('Escape');
    await mouse.up();
    return `drag ${from.name} ${from.x},${from.y} to ${to.x},${to.y}${givenUp ? ', Escape' : ''}`;
  }

  async #wheel(): Promise<string> {
    const { x, y } = this.#point();
    const by = this.#dice.whole(-900, 900);
    const control = this.#dice.share() < 0.3;
    await this.#page.mouse.move(x, y);
    if (control) await this.#page.keyboard.down('Control');
    await this.#page.mouse.wheel(this.#dice.share() < 0.2 ? by : 0, by);
    if (control) await this.#page.keyboard.up('Control');
    return `wheel ${by} at ${x},${y}${control ? ' with Control' : ''}`;
  }

  async #type(): Promise<string> {
    const box = await this.#control(
      'input:not([type=range]):not([type=checkbox]):not([type=file]), textarea',
    );
    if (box === null) return 'nothing to type into';
    const text = this.#dice.of(TYPED);
    await this.#page.mouse.click(box.x, box.y, { clickCount: 3 });
    await this.#page.keyboard.type(text);
    if (this.#dice.share() < 0.8) await this.#page.keyboard.press('Enter');
    return `type “${text}” into ${box.name}`;
  }

  async #choose(): Promise<string> {
    const [which, option] = [this.#dice.share(), this.#dice.share()];
    return this.#page.evaluate(
      ({ which, option }) => {
        const all = [...document.querySelectorAll('select')].filter(
          (one) => one.checkVisibility() && !one.disabled,
        );
        const select = all[Math.floor(which * all.length)];
        if (select === undefined) return 'nothing to choose from';
        select.selectedIndex = Math.floor(option * select.options.length);
        select.dispatchEvent(new Event('change', { bubbles: true }));
        return `choose ${select.value} of ${select.title || select.ariaLabel || select.name}`;
      },
      { which, option },
    );
  }

  async #wait(): Promise<string> {
    const ms = this.#dice.whole(10, 250);
    await this.#page.waitForTimeout(ms);
    return `wait ${ms} ms`;
  }

  async #paste(): Promise<string> {
    const text = this.#dice.of(TEXTS);
    await this.#page.evaluate((pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      const target = document.activeElement ?? document.body;
      target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
    return `paste ${text.slice(0, 40)}`;
  }

  async #drop(): Promise<string> {
    const text = this.#dice.of(TEXTS);
    await this.#page.evaluate((content) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], 'dropped.json', { type: 'application/json' }));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, text);
    return `drop ${text.slice(0, 40)}`;
  }

  async #resize(): Promise<string> {
    const [width, height] = this.#dice.of(SIZES);
    await this.#page.setViewportSize({ width, height });
    return `resize to ${width} × ${height}`;
  }

  async #address(): Promise<string> {
    const hash = this.#dice.of(HASHES);
    await this.#page.evaluate((next) => {
      location.hash = next;
    }, hash);
    return `address ${hash.slice(0, 60)}`;
  }

  /** Only within the page: what was there before it is not what is tried here. */
  async #history(): Promise<string> {
    const by = this.#dice.share() < 0.7 ? -1 : 1;
    await this.#page.evaluate((steps) => {
      const { navigation } = window as unknown as { navigation: Navigation };
      const there = navigation.entries()[navigation.currentEntry.index + steps];
      if (there?.sameDocument) history.go(steps);
    }, by);
    await this.#page.waitForTimeout(50);
    return `history ${by}`;
  }

  #point(): { x: number; y: number } {
    const { width, height } = this.#page.viewportSize() ?? { width: 1440, height: 900 };
    return { x: this.#dice.whole(0, width - 1), y: this.#dice.whole(0, height - 1) };
  }

  /** The middle, or thereabouts, of one of the controls that are in sight. */
  async #control(selector: string): Promise<{ x: number; y: number; name: string } | null> {
    const dice = [this.#dice.share(), this.#dice.share(), this.#dice.share()];
    return this.#page.evaluate(
      ({ selector, dice: [which = 0, across = 0, down = 0] }) => {
        const inSight = [...document.querySelectorAll(selector)].filter((element) => {
          const { width, height, left, top } = element.getBoundingClientRect();
          const [x, y] = [left + width / 2, top + height / 2];
          return (
            width > 0 && x >= 0 && y >= 0 && x < innerWidth && y < innerHeight && element.checkVisibility()
          );
        });
        const element = inSight[Math.floor(which * inSight.length)];
        if (element === undefined) return null;
        const { left, top, width, height } = element.getBoundingClientRect();
        const within = (from: number, size: number, share: number, most: number) =>
          Math.round(Math.min(most - 1, Math.max(0, from + size * (0.2 + 0.6 * share))));
        const words = element.getAttribute('aria-label') || element.textContent?.trim() || element.tagName;
        return {
          x: within(left, width, across, innerWidth),
          y: within(top, height, down, innerHeight),
          name: `“${words.slice(0, 40)}”`,
        };
      },
      { selector, dice },
    );
  }
}
