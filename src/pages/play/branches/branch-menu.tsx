import { type KeyboardEvent, useState } from 'react';
import type { PlayActions } from '../model.ts';
import styles from './branch-menu.module.css';
import type { BranchesModel, BranchItem } from './model.ts';
import { forkWords } from './words.ts';

interface Props {
  branches: BranchesModel;
  actions: Pick<PlayActions, 'branches'>;
  onDone(): void;
}

/** All runs that are kept, and what can be done with each. */
export function BranchMenu({ branches, actions, onDone }: Props) {
  const { items, current, original, most, letGo } = branches;
  const desk = actions.branches;
  return (
    <>
      <ul className={styles.list} aria-label="Runs that are kept">
        {items.map((item) => (
          <Item key={item.id} item={item} branches={branches} actions={actions} onDone={onDone} />
        ))}
      </ul>
      <div className={styles.foot}>
        {items.length === 1 && <p>Whatever you change makes another run; this one stays, beside it.</p>}
        <p>
          {most} runs are kept; for a new one the oldest goes that is not pinned.
          {letGo !== null && ` The last to go was “${letGo}”.`}
        </p>
        {current !== original && (
          <button
            type="button"
            onClick={() => {
              desk.toOriginal();
              onDone();
            }}
          >
            Return to the original run
          </button>
        )}
      </div>
    </>
  );
}

function Item({ item, branches, actions, onDone }: Props & { item: BranchItem }) {
  const { current, ghost, original } = branches;
  const [renaming, setRenaming] = useState(false);
  const desk = actions.branches;
  const { id, name, from, seed, pinned } = item;
  const isCurrent = id === current;
  const about = [forkWords(item), from === null ? '' : `made from “${from}”`, `seed ${seed}`];
  if (renaming)
    return (
      <li>
        <Rename
          name={name}
          onName={(next) => {
            if (next !== null) desk.rename(id, next);
            setRenaming(false);
          }}
        />
      </li>
    );
  return (
    <li data-current={isCurrent}>
      <button
        type="button"
        className={styles.name}
        aria-current={isCurrent}
        onClick={() => {
          desk.switchTo(id);
          onDone();
        }}
      >
        <i data-ghost={id === ghost} aria-hidden="true" />
        <b>{name}</b>
        <span>{about.filter((part) => part !== '').join(' · ')}</span>
      </button>
      <div className={styles.tools}>
        {!isCurrent && (
          <>
            <Tool
              label={id === ghost ? 'Beside it' : 'Put beside'}
              of={name}
              title="Draws this run hollow beside the one that is shown"
              pressed={id === ghost}
              onClick={() => desk.setGhost(id === ghost ? null : id)}
            />
            <Tool
              label="Compare"
              of={name}
              title="Message by message with the run that is shown"
              onClick={() => {
                onDone();
                desk.compare(id, current);
              }}
            />
          </>
        )}
        <Tool label="Rename" of={name} onClick={() => setRenaming(true)} />
        {id !== original && (
          <Tool
            label={pinned ? 'Pinned' : 'Pin'}
            of={name}
            title="A pinned run stays when others have to go"
            pressed={pinned}
            onClick={() => desk.pin(id, !pinned)}
          />
        )}
        {id !== original && !isCurrent && <Tool label="Delete" of={name} onClick={() => desk.remove(id)} />}
      </div>
    </li>
  );
}

interface ToolProps {
  label: string;
  /** Whose it is. */
  of: string;
  title?: string;
  pressed?: boolean;
  onClick(): void;
}

function Tool({ label, of, title, pressed, onClick }: ToolProps) {
  return (
    <button
      type="button"
      title={title}
      aria-label={`${label}: ${of}`}
      aria-pressed={pressed}
      onClick={onClick}
    >
      {label}
    </button>
  );
}

/** @param props.onName null: it stays as it is */
function Rename({ name, onName }: { name: string; onName(name: string | null): void }) {
  const [text, setText] = useState(name);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' && event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation(); // the menu stays open
    onName(event.key === 'Enter' ? text : null);
  };
  return (
    <div className={styles.rename}>
      <input
        ref={(input) => input?.focus()}
        aria-label={`Name of the run “${name}”`}
        maxLength={60}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <button type="button" onClick={() => onName(text)}>
        Rename
      </button>
    </div>
  );
}
