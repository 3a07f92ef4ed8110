import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { PlayActions, PresetItem } from './model.ts';
import { stepped } from './palette/step.ts';
import styles from './scenario-choices.module.css';
import { scenarioGroups } from './scenario-groups.ts';
import { optionId, ScenarioList } from './scenario-list.tsx';
import bar from './top-bar.module.css';

interface ScenarioChoicesProps {
  /** What the list is for. */
  label: string;
  presets: readonly PresetItem[];
  /** Id of the preset that is shown now; null: it is none of them. */
  current: string | null;
  actions: Pick<PlayActions, 'choosePreset' | 'openText' | 'save'>;
  close(): void;
}

/** The presets, to be found by a few letters, and the ways in and out of a file. */
export function ScenarioChoices({ label, presets, current, actions, close }: ScenarioChoicesProps) {
  const id = useId();
  const [query, setQuery] = useState('');
  // Until somebody moves, Enter means what is found best; and without a query, what is shown now.
  const [moved, setMoved] = useState<string | null>(null);
  const groups = scenarioGroups(presets, query);
  const found = groups.flatMap((group) => group.presets);
  const wanted = moved ?? (query.trim() === '' ? current : null);
  const at = Math.max(
    0,
    found.findIndex((preset) => preset.id === wanted),
  );
  const active = found[at]?.id;
  const choose = (preset: PresetItem) => {
    actions.choosePreset(preset.id);
    close();
  };
  const search = (text: string) => {
    setQuery(text);
    setMoved(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = stepped(event.key, at, found.length);
    const preset = found[to ?? at];
    // What composes a character is not meant for the list.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && preset !== undefined) choose(preset);
    else if (event.key === 'Escape' && query !== '') search('');
    else if (to !== undefined && preset !== undefined) {
      setMoved(preset.id);
      showOption(optionId(id, preset.id), 'nearest');
    } else return;
    event.preventDefault();
    // The box around it would close, or move the focus.
    event.stopPropagation();
  };
  // What was found first is in sight, or what is shown now: presets may be on their way when it is opened.
  const listed = presets.length > 0;
  const first = useRef<string>(undefined);
  first.current = active;
  useEffect(() => {
    if (listed && first.current !== undefined)
      showOption(optionId(id, first.current), query === '' ? 'center' : 'nearest');
  }, [id, listed, query]);
  return (
    <>
      <FilterField
        list={id}
        label={label}
        active={active === undefined ? undefined : optionId(id, active)}
        query={query}
        onQuery={search}
        onKeyDown={onKeyDown}
      />
      <ScenarioList
        id={id}
        label={label}
        groups={groups}
        current={current}
        active={active}
        onPoint={(preset) => setMoved(preset.id)}
        onChoose={choose}
      />
      {listed && found.length === 0 && (
        <p className={styles.none} role="status">
          No scenario has that in its title, name or description. Try “loss”, “Kafka” or “order”.
        </p>
      )}
      <div className={styles.files}>
        <FileButton onText={actions.openText.bind(actions)} onDone={close} />
        <button type="button" className={bar.button} onClick={() => actions.save()}>
          Save to a file
        </button>
      </div>
    </>
  );
}

function showOption(id: string, block: 'nearest' | 'center'): void {
  document.getElementById(id)?.scrollIntoView({ block });
}

interface FilterFieldProps {
  /** Id of the list that it filters. */
  list: string;
  label: string;
  /** Id of the option that Enter would choose. */
  active: string | undefined;
  query: string;
  onQuery(text: string): void;
  onKeyDown(event: KeyboardEvent): void;
}

/** The field above the list. It takes the focus where a keyboard is at hand: under a finger one would cover the list. */
function FilterField({ list, label, active, query, onQuery, onKeyDown }: FilterFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (matchMedia('(hover: hover) and (pointer: fine)').matches) field.current?.focus();
  }, []);
  return (
    <div className={styles.filter}>
      <input
        ref={field}
        type="search"
        role="combobox"
        aria-label={`Find in: ${label}`}
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={list}
        aria-activedescendant={active}
        placeholder="Find a scenario"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

interface FileButtonProps {
  onText(text: string, from: string): void;
  onDone(): void;
}

/** Opens a file of somebody's own. */
function FileButton({ onText, onDone }: FileButtonProps) {
  return (
    <label className={bar.button}>
      Open a file…
      <input
        type="file"
        accept=".json,application/json"
        onChange={async (event) => {
          const file = event.currentTarget.files?.[0];
          if (file === undefined) return;
          onText(await file.text(), file.name);
          onDone();
        }}
      />
    </label>
  );
}
