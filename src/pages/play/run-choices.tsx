import { type FormEvent, useState } from 'react';
import type { PlayProps } from './model.ts';
import choices from './parts/choices.module.css';
import type { Until } from './shown.ts';

type Props = Pick<PlayProps, 'actions' | 'targets' | 'recordKinds' | 'settings'>;

/** What can be run to, and conditions with a figure of one’s own. */
export function RunChoices({ actions, targets, recordKinds, settings, close }: Props & { close(): void }) {
  // As it was when the menu was opened: it would flicker otherwise.
  const [list] = useState(targets);
  const [ms, setMs] = useState(500);
  const [count, setCount] = useState(3);
  const [record, setRecord] = useState(recordKinds[0] ?? '');
  const run = (target: string | Until) => {
    actions.runTo(target);
    close();
  };
  const submit = (until: Until) => (event: FormEvent) => {
    event.preventDefault();
    run(until);
  };
  return (
    <>
      <ul className={choices.list} aria-label="Run to">
        {list.map(({ id, title, effect, enabled }) => (
          <li key={id}>
            <button type="button" disabled={!enabled} onClick={() => run(id)}>
              {title}
              <span>{effect}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className={choices.more}>
        <form className={choices.row} onSubmit={submit({ kind: 'latency', aboveMs: ms })}>
          <label>
            a delivery takes more than{' '}
            <input
              type="number"
              min={0}
              max={3_600_000}
              step="any"
              value={ms}
              onChange={(event) => setMs(Math.max(0, event.currentTarget.valueAsNumber || 0))}
            />{' '}
            ms
          </label>
          <button type="submit">Run</button>
        </form>
        <form className={choices.row} onSubmit={submit({ kind: 'losses', count })}>
          <label>
            <input
              type="number"
              min={1}
              max={10_000}
              value={count}
              onChange={(event) => setCount(Math.max(1, Math.round(event.currentTarget.valueAsNumber || 1)))}
            />{' '}
            more packets are lost
          </label>
          <button type="submit">Run</button>
        </form>
        <form className={choices.row} onSubmit={submit({ kind: 'record', record })}>
          <select
            aria-label="Kind of record"
            value={record}
            onChange={(event) => setRecord(event.currentTarget.value)}
          >
            {recordKinds.map((kind) => (
              <option key={kind}>{kind}</option>
            ))}
          </select>
          <button type="submit">Run</button>
        </form>
        <label className={choices.row}>
          <input
            type="checkbox"
            checked={settings.skipsIdle}
            onChange={(event) => actions.set({ skipsIdle: event.currentTarget.checked })}
          />
          Skip idle stretches while playing
        </label>
      </div>
    </>
  );
}
