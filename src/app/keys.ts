import type { CommandItem } from '../pages/play/shown.ts';
import { type Command, GROUPS } from './commands/command.ts';

/** Keys that an element needs for itself. */
const TAKEN_BY: readonly [selector: string, keys: RegExp][] = [
  ['input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]', /.*/],
  ['input[type=range], [role=slider], [role=separator]', /^(Arrow|Home|End|Page)/],
  ['input[type=checkbox], input[type=radio]', /^( |Arrow)/],
  ['button, summary, a, [role=tab]', /^( |Enter)$/],
  ['dialog[open] *', /.*/],
  ['[role=listbox] *, [role=menu] *, [role=tablist] *', /^(Arrow|Home|End)/],
];
const TEXT_FIELD = 'textarea, input[type=text], input[type=search], input:not([type])';
/** What a text field does with these is its own: undo, redo, the clipboard, select all. */
const FIELD_CHORDS = /^[acvxyz]$/i;
/** As long as nothing is typed into it, a field that takes over what is typed has nothing to undo. */
const RESTING = '[data-resting=true]';
const HISTORY_CHORDS = /^[yz]$/i;

const NAMES: Record<string, string> = {
  Space: 'Space',
  ArrowRight: '→',
  ArrowLeft: '←',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  PageUp: 'Page ↑',
  PageDown: 'Page ↓',
};

const isMac = () => /Mac|iP(hone|ad)/.test(globalThis.navigator?.platform ?? '');

/** Whether an event is a chord as {@link Command.keys} writes it. */
export function isChord(chord: string, event: KeyboardEvent): boolean {
  const parts = chord.split(/\+(?=.)/);
  const name = parts.at(-1) ?? '';
  const wants = (modifier: string) => parts.slice(0, -1).includes(modifier);
  if (event.altKey || wants('Mod') !== (event.ctrlKey || event.metaKey)) return false;
  const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key !== name) return false;
  // A sign is typed with Shift on some keyboards and without it on others.
  const isSign = name.length === 1 && !/[a-z]/.test(name);
  return isSign || wants('Shift') === event.shiftKey;
}

/** A chord as it is shown: `Ctrl Shift Z`, `→`. */
export function chordText(chord: string, mac = isMac()): string {
  return chord
    .split(/\+(?=.)/)
    .map((part) => {
      if (part === 'Mod') return mac ? '⌘' : 'Ctrl';
      return NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part);
    })
    .join(' ');
}

/** A chord of one character without Mod, which speech input can hit by accident (WCAG 2.1.4). */
const isSingleKey = (chord: string): boolean => /^(Shift\+)?.$/.test(chord) || chord === 'Space';

/** A page as the keyboard sees it. */
export interface KeyBoard {
  /** What can be done now. */
  commands(): readonly Command[];
  readonly store: {
    getState(): {
      settings: { singleKeys: boolean };
      paletteShown: boolean;
      keysShown: boolean;
      paletteTyped: string;
    };
    setState(change: { paletteTyped: string }): void;
  };
  showPalette(shown: boolean): void;
  showKeys(shown: boolean): void;
}

/** Does what a key means, unless whatever has the focus needs it for itself. */
export function pressed(board: KeyBoard, event: KeyboardEvent): void {
  if (event.defaultPrevented || isTaken(event)) return;
  if (isCovered(board)) {
    if (event.key === 'Escape') uncover(board);
    else typeAhead(board, event);
    return;
  }
  const { singleKeys } = board.store.getState().settings;
  const command = board
    .commands()
    .find(
      (one) =>
        one.enabled?.() !== false &&
        one.keys?.some((chord) => (singleKeys || !isSingleKey(chord)) && isChord(chord, event)),
    );
  if (command === undefined) return;
  event.preventDefault();
  if (!event.repeat || command.repeats) command.run();
}

/** A dialog is open, or about to be: what is typed is not meant for what lies beneath it. */
const isCovered = ({ store }: KeyBoard): boolean =>
  store.getState().paletteShown || store.getState().keysShown;

function uncover(board: KeyBoard): void {
  board.showPalette(false);
  board.showKeys(false);
}

/** What follows Ctrl K at once belongs to the palette, though it is not there yet. */
function typeAhead({ store }: KeyBoard, { key, ctrlKey, metaKey }: KeyboardEvent): void {
  if (ctrlKey || metaKey || (key.length > 1 && key !== 'Enter')) return;
  const { paletteTyped } = store.getState();
  if (!paletteTyped.endsWith('\n'))
    store.setState({ paletteTyped: paletteTyped + (key === 'Enter' ? '\n' : key) });
}

/** Listens to the keyboard. Returns how to stop that. */
export function listenToKeys(board: KeyBoard, target: Window = window): () => void {
  const listen = (event: KeyboardEvent) => pressed(board, event);
  target.addEventListener('keydown', listen);
  return () => target.removeEventListener('keydown', listen);
}

function isTaken(event: KeyboardEvent): boolean {
  const element = event.target instanceof Element ? event.target : null;
  if (element === null) return false;
  if (event.ctrlKey || event.metaKey) {
    if (element.matches(RESTING) && HISTORY_CHORDS.test(event.key)) return false;
    return element.matches(TEXT_FIELD) && FIELD_CHORDS.test(event.key);
  }
  return TAKEN_BY.some(([selector, keys]) => element.matches(selector) && keys.test(event.key));
}

/** The commands as a page shows them: keys as they are written, what they would do as it is now. */
export function commandItems(board: KeyBoard): readonly CommandItem[] {
  const { singleKeys } = board.store.getState().settings;
  const items = board.commands().map((command) => ({
    id: command.id,
    title: command.title,
    group: command.group,
    keys: (command.keys ?? [])
      .filter((chord) => singleKeys || !isSingleKey(chord))
      .map((chord) => chordText(chord)),
    effect: command.effect(),
    enabled: command.enabled?.() !== false,
    run: () => command.run(),
  }));
  const place = new Map<string, number>(GROUPS.map((group, index) => [group, index]));
  return items.sort((a, b) => (place.get(a.group) ?? 0) - (place.get(b.group) ?? 0));
}
