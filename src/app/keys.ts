import type { Controller } from './controller.ts';

interface Key {
  /** As written in the list of keys. */
  keys: string;
  does: string;
  when(event: KeyboardEvent): boolean;
  run(controller: Controller): void;
}

const plain = (event: KeyboardEvent) => !event.ctrlKey && !event.metaKey && !event.altKey;
const is =
  (...keys: string[]) =>
  (event: KeyboardEvent) =>
    plain(event) && keys.includes(event.key);
const withControl = (event: KeyboardEvent) => (event.ctrlKey || event.metaKey) && !event.altKey;

const BIG_STEP_US = 1_000_000;
/** One frame at the slowest speed that a screen shows as movement. */
const SMALL_STEP_US = 1000;

const seekBy = (us: number) => (controller: Controller) => controller.seek(controller.player.nowUs + us);

/** Every key of Play: the list that `?` opens is made from this. */
export const KEYS: readonly Key[] = [
  { keys: 'Space, K', does: 'play, pause', when: is(' ', 'k', 'K'), run: (c) => c.toggle() },
  {
    keys: '→',
    does: 'to the next event',
    when: (e) => is('ArrowRight')(e) && !e.shiftKey,
    run: (c) => c.step(1),
  },
  {
    keys: '←',
    does: 'to the event before',
    when: (e) => is('ArrowLeft')(e) && !e.shiftKey,
    run: (c) => c.step(-1),
  },
  { keys: 'L, Shift →', does: 'one second on', when: is('l', 'L', 'ArrowRight'), run: seekBy(BIG_STEP_US) },
  { keys: 'J, Shift ←', does: 'one second back', when: is('j', 'J', 'ArrowLeft'), run: seekBy(-BIG_STEP_US) },
  { keys: '.', does: 'one millisecond on', when: is('.'), run: seekBy(SMALL_STEP_US) },
  { keys: ',', does: 'one millisecond back', when: is(','), run: seekBy(-SMALL_STEP_US) },
  { keys: '>', does: 'faster', when: is('>'), run: (c) => c.changeSpeed(1) },
  { keys: '<', does: 'slower', when: is('<'), run: (c) => c.changeSpeed(-1) },
  { keys: 'Home', does: 'to the start', when: is('Home'), run: (c) => c.seek(0) },
  { keys: 'End', does: 'to the end', when: is('End'), run: (c) => c.seek(c.player.endUs) },
  { keys: 'Esc', does: 'let go of what is selected', when: is('Escape'), run: (c) => c.select(null) },
  {
    keys: 'Ctrl Z',
    does: 'undo a change',
    when: (e) => withControl(e) && !e.shiftKey && e.key.toLowerCase() === 'z',
    run: (c) => c.undo(),
  },
  {
    keys: 'Ctrl Shift Z, Ctrl Y',
    does: 'redo it',
    when: (e) =>
      withControl(e) && ((e.shiftKey && e.key.toLowerCase() === 'z') || e.key.toLowerCase() === 'y'),
    run: (c) => c.redo(),
  },
  { keys: '?', does: 'this list', when: is('?'), run: (c) => c.showKeys(true) },
];

/** Keys that an element needs for itself. */
const TAKEN_BY: readonly [selector: string, keys: RegExp][] = [
  ['input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]', /.*/],
  ['input[type=range], [role=slider]', /^(Arrow|Home|End|Page)/],
  ['input[type=checkbox], input[type=radio]', /^( |Arrow)/],
  ['button, summary, a', /^( |Enter)$/],
  ['dialog[open] *', /.*/],
  ['[role=listbox] *, [role=menu] *, [role=tablist] *', /^(Arrow|Home|End)/],
];

/** Listens to the keyboard. Returns how to stop that. */
export function listenToKeys(controller: Controller, target: Window = window): () => void {
  const pressed = (event: KeyboardEvent) => {
    if (event.defaultPrevented || isTaken(event)) return;
    const key = KEYS.find((one) => one.when(event));
    if (key === undefined) return;
    event.preventDefault();
    key.run(controller);
  };
  target.addEventListener('keydown', pressed);
  return () => target.removeEventListener('keydown', pressed);
}

function isTaken(event: KeyboardEvent): boolean {
  const element = event.target instanceof Element ? event.target : null;
  if (element === null) return false;
  if (withControl(event))
    return TAKEN_BY[0]?.[0] !== undefined && element.matches('textarea, input[type=text]');
  return TAKEN_BY.some(([selector, keys]) => element.matches(selector) && keys.test(event.key));
}
