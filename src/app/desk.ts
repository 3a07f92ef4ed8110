/** What keys and the palette need, in one piece that is loaded after the first picture. */
export { takeIn } from './intake.ts';
export { commandItems, listenToKeys, pressed } from './keys.ts';
export { targetsAt } from './targets.ts';
