import { type PageName, pageOf } from './routes.ts';

/** Browsers refuse a page that writes its address too often; and nobody reads it that fast. */
const DELAY_MS = 250;

/** Keeps the address in step with what is shown, so that it can be copied at any time. */
export class AddressBar {
  readonly #page: PageName;
  readonly #write: () => Promise<string>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #own = '';
  /** What the address was when it was last written or gone to. */
  #known = location.hash;
  #writes = 0;
  #visits = 0;

  /**
   * @param page whose address it is: while another page is shown it writes nothing
   * @param write the fragment for what is shown
   */
  constructor(page: PageName, write: () => Promise<string>) {
    this.#page = page;
    this.#write = write;
  }

  /**
   * Takes note of where the browser went.
   * @returns whether this page wrote that fragment itself, and shows it already
   */
  arrived(hash: string): boolean {
    this.#known = hash;
    return hash === this.#own;
  }

  /**
   * Reads where the browser went.
   * @returns null: this page wrote that fragment itself, or somebody has gone on before it was read, as reading one may
   *   take longer than reading the next
   */
  async visited<T>(hash: string, read: (hash: string) => Promise<T>): Promise<T | null> {
    const visit = ++this.#visits;
    if (this.arrived(hash)) return null;
    const reading = await read(hash);
    if (visit !== this.#visits) return null;
    // What is shown from now on is not what this page wrote last, also where it writes nothing for it.
    this.#own = '';
    return reading;
  }

  replaceSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.replace(), DELAY_MS);
  }

  async replace(): Promise<void> {
    await this.#put((hash) => history.replaceState(null, '', hash));
  }

  /** A step that the browser's Back takes back. */
  async push(): Promise<void> {
    await this.#put((hash) => history.pushState(null, '', hash));
  }

  async #put(put: (hash: string) => void): Promise<void> {
    clearTimeout(this.#timer);
    const write = ++this.#writes;
    const hash = await this.#write();
    // Packing takes a moment: what was begun later has more to say.
    if (write !== this.#writes || pageOf(location.hash) !== this.#page) return;
    // Somebody is on the way elsewhere, and the browser has not said so yet: what is shown now is not theirs.
    if (location.hash !== this.#known) return;
    if (hash === this.#own && hash === location.hash) return;
    this.#own = hash;
    try {
      put(hash);
      this.#known = location.hash;
    } catch {
      // Too long for this browser, or written too often: the next change tries again.
    }
  }
}
