import { variantSets } from '../../scenarios/compare/sets.ts';
import { type Change, describe, parseSet, setPath } from '../../scenarios/edit.ts';
import { problemsLine, problemText, validate } from '../../scenarios/validate.ts';
import type { CompareStore } from './store.ts';
import {
  changesWith,
  changesWithout,
  copied,
  type Edited,
  renamed,
  type Table,
  tableOf,
  withBase,
  withChanges,
  without,
} from './variants.ts';

const EXPECTED_SET = 'expected path=value, such as network.access.lossPct=5';

/** What a person can change of the variants; what follows from a change is up to whoever extends this. */
export abstract class VariantEdits {
  abstract readonly store: CompareStore;
  protected abstract adopt(table: Table): void;
  protected abstract toast(text: string): void;

  applySet(id: string) {
    const { table } = this.store.getState();
    const set = variantSets(table.base).find((one) => one.id === id);
    if (set !== undefined && set.variants.length > 1)
      this.adopt(tableOf({ base: table.base, variants: set.variants }, table.preset));
  }

  addVariant() {
    this.adopt(copied(this.store.getState().table, null));
  }

  duplicate(id: number) {
    this.adopt(copied(this.store.getState().table, id));
  }

  remove(id: number) {
    this.adopt(without(this.store.getState().table, id));
  }

  rename(id: number, name: string) {
    this.adopt(renamed(this.store.getState().table, id, name));
  }

  setSeed(seed: number) {
    const problem = this.setBase(`seed=${seed}`);
    if (problem !== null) this.toast(problem);
  }

  setBase(text: string): string | null {
    const change = parseSet(text.trim());
    if (change === null) return EXPECTED_SET;
    const { table } = this.store.getState();
    const changed = setPath(table.base, change.path, change.value);
    if (!changed.ok) return problemText(changed.problem);
    const validation = validate(changed.input);
    if (!validation.ok) return problemsLine(validation.problems);
    return this.#take(withBase(table, changed.input));
  }

  addChange(id: number, path: string) {
    const before = this.#entry(id);
    const place = before === undefined ? null : describe(before.input, path);
    if (before === undefined || place === null) return;
    const usual = 'default' in place.field ? place.field.default : null;
    const value = place.value ?? usual;
    const problem = this.#take(
      withChanges(this.store.getState().table, id, [...before.set, { path, value }]),
    );
    if (problem !== null) this.toast(problem);
  }

  addText(id: number, text: string): string | null {
    const change = parseSet(text.trim());
    const set = this.#entry(id)?.set ?? [];
    if (change === null) return EXPECTED_SET;
    return this.#take(withChanges(this.store.getState().table, id, [...set, change]));
  }

  editChange(id: number, index: number, value: unknown): string | null {
    const { table } = this.store.getState();
    const set = this.#entry(id)?.set ?? [];
    const before = set[index];
    if (before === undefined) return null;
    const next: Change[] = changesWith(table.base, set, index, { path: before.path, value });
    return this.#take(withChanges(table, id, next));
  }

  pickChange(id: number, index: number, value: unknown) {
    const problem = this.editChange(id, index, value);
    if (problem !== null) this.toast(problem);
  }

  editText(id: number, index: number, text: string): string | null {
    const path = this.#entry(id)?.set[index]?.path ?? '';
    return this.editChange(id, index, parseSet(`${path}=${text}`)?.value);
  }

  removeChange(id: number, index: number) {
    const { table } = this.store.getState();
    const set = this.#entry(id)?.set ?? [];
    const { path = '' } = set[index] ?? {};
    // Options of a kind that is gone go with it.
    const rest = changesWithout(table.base, set, index);
    const problem = this.#take(withChanges(table, id, rest));
    if (problem === null) return;
    const stem = path.replace(/\.kind$/, '.');
    const again = this.#take(
      withChanges(
        table,
        id,
        rest.filter((change) => !change.path.startsWith(stem)),
      ),
    );
    if (again !== null) this.toast(again);
  }

  #entry(id: number) {
    return this.store.getState().table.entries.find((entry) => entry.id === id);
  }

  /** @returns what is wrong, or null */
  #take(edited: Edited): string | null {
    if (!edited.ok) return edited.problem;
    this.adopt(edited.table);
    return null;
  }
}
