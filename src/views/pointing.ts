import { useCallback, useSyncExternalStore } from 'react';
import type { Selection } from './selection.ts';

/**
 * What the pointer or the focus is on, one for all views: a message that is pointed at anywhere is lit everywhere. Kept
 * outside of React, as the playhead is: only the views that show it are drawn anew.
 */
export class Pointing {
  #at: Selection | null = null;
  readonly #listeners = new Set<() => void>();

  get at(): Selection | null {
    return this.#at;
  }

  /** @param next null: nothing is pointed at */
  point(next: Selection | null): void {
    if (sameSelection(this.#at, next)) return;
    this.#at = next;
    for (const changed of this.#listeners) changed();
  }

  /** Calls back after every change. Returns how to stop that. */
  subscribe(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }
}

/** What is pointed at; null where views stand alone. The calling component is rendered again when it changes. */
export function usePointed(pointing: Pointing | undefined): Selection | null {
  const subscribe = useCallback(
    (changed: () => void) => pointing?.subscribe(changed) ?? (() => {}),
    [pointing],
  );
  return useSyncExternalStore(subscribe, () => pointing?.at ?? null);
}

/** Handlers for something that stands for `what`: pointed at or focused, it lights everywhere. */
export function pointsAt(pointing: Pointing | undefined, what: Selection | null) {
  const on = () => pointing?.point(what);
  const off = () => pointing?.point(null);
  return { onPointerEnter: on, onPointerLeave: off, onFocus: on, onBlur: off };
}

/** Whether two selections are the same one. */
export function sameSelection(a: Selection | null, b: Selection | null): boolean {
  if (a === null || b === null || a.kind !== b.kind) return a === b;
  return Object.entries(a).every(([key, value]) => (b as Record<string, unknown>)[key] === value);
}
