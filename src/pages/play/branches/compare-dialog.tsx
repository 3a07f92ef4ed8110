import { useEffect, useRef } from 'react';
import type { CompareProps } from '../../../views/compare/compare.tsx';
import type { PlayProps } from '../model.ts';
import { CloseIcon } from '../parts/icons.tsx';
import { lazyView } from '../parts/lazy-view.tsx';
import styles from './compare-dialog.module.css';
import type { ComparedSide, ComparisonModel } from './model.ts';

const LazyCompare = lazyView<CompareProps>(
  async () => (await import('../../../views/compare/compare.tsx')).Compare,
);

type Props = Pick<PlayProps, 'branches' | 'comparison' | 'selection' | 'actions'>;

/** Two runs side by side, in a dialog of the browser's own. */
export function CompareDialog(props: Props) {
  const { comparison, actions } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const open = comparison !== null;
  useEffect(() => {
    if (open && dialog.current?.open === false) dialog.current.showModal();
    if (!open) dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby="compare-title"
      onClose={() => actions.branches.closeComparison()}
    >
      {comparison !== null && <Contents {...props} comparison={comparison} />}
    </dialog>
  );
}

function Contents({ branches, comparison, selection, actions }: Props & { comparison: ComparisonModel }) {
  const { a, b } = comparison;
  const desk = actions.branches;
  const shown = branches.current === a.id ? 'a' : branches.current === b.id ? 'b' : null;
  return (
    <>
      <header className={styles.head}>
        <h2 id="compare-title">Compare runs</h2>
        <Choice
          letter="A"
          side={a}
          other={b.id}
          branches={branches}
          onChoose={(id) => desk.compare(id, b.id)}
        />
        <Choice
          letter="B"
          side={b}
          other={a.id}
          branches={branches}
          onChoose={(id) => desk.compare(a.id, id)}
        />
        <button type="button" className={styles.swap} onClick={() => desk.compare(b.id, a.id)}>
          Swap
        </button>
        <button
          type="button"
          className={styles.close}
          aria-label="Close the comparison"
          onClick={() => desk.closeComparison()}
        >
          <CloseIcon />
        </button>
      </header>
      <div className={styles.body}>
        {a.trace !== null && b.trace !== null ? (
          <LazyCompare.View
            a={{ name: a.name, trace: a.trace }}
            b={{ name: b.name, trace: b.trace }}
            shown={shown}
            selection={selection}
            onOpen={(side, what, atUs) => {
              desk.closeComparison();
              desk.goTo((side === 'a' ? a : b).id, what, atUs);
            }}
            onSeek={(atUs) => {
              desk.closeComparison();
              actions.seek(atUs);
            }}
          />
        ) : (
          <Waiting sides={[a, b]} />
        )}
      </div>
    </>
  );
}

interface ChoiceProps {
  letter: string;
  side: ComparedSide;
  other: number;
  branches: Props['branches'];
  onChoose(id: number): void;
}

function Choice({ letter, side, other, branches, onChoose }: ChoiceProps) {
  return (
    <label className={styles.choice}>
      <b>{letter}</b>
      <select
        aria-label={`Run ${letter}`}
        value={side.id}
        onChange={(event) => onChoose(Number(event.currentTarget.value))}
      >
        {branches.items.map(({ id, name }) => (
          <option key={id} value={id} disabled={id === other}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Waiting({ sides }: { sides: ComparedSide[] }) {
  const failed = sides.find(({ failure }) => failure !== null);
  if (failed !== undefined) {
    return (
      <p role="alert">
        “{failed.name}” could not be simulated again: {failed.failure}
      </p>
    );
  }
  const names = sides.filter(({ trace }) => trace === null).map(({ name }) => `“${name}”`);
  return <p role="status">Simulating {names.join(' and ')} once more …</p>;
}
