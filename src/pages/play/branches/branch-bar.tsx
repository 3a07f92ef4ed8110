import type { ReactNode } from 'react';
import { plural } from '../../../views/readout/units.ts';
import type { PlayProps } from '../model.ts';
import { BackIcon, CompareIcon, DownIcon } from '../parts/icons.tsx';
import { lazyView } from '../parts/lazy-view.tsx';
import { Popover } from '../parts/popover.tsx';
import styles from './branch-bar.module.css';
import { forkWords } from './words.ts';

const LazyBranchMenu = lazyView(async () => (await import('./branch-menu.tsx')).BranchMenu);

type Props = Pick<PlayProps, 'branches' | 'actions'>;

/** Which run is shown, which one stands beside it, and the ways between them. Its place is there from the start. */
export function BranchBar({ branches, actions, floating = false }: Props & { floating?: boolean }) {
  const { items, current, ghost, original } = branches;
  const several = items.length > 1;
  const shown = items.find(({ id }) => id === current);
  const beside = items.find(({ id }) => id === ghost);
  const desk = actions.branches;
  return (
    <section className={styles.bar} data-floating={floating} aria-label="Runs">
      <Popover
        label={
          <>
            <i aria-hidden="true" />
            <b>{shown?.name}</b>
            {several && <span className={styles.of}>{items.length} runs</span>}
            <DownIcon />
          </>
        }
        name={`Run shown: ${shown?.name}. ${plural(items.length, 'run')}`}
        title="The runs that are kept: switch, rename, pin, delete"
        buttonClass={styles.current}
        side="up"
        align={floating ? 'start' : 'end'}
        width={430}
        onWanted={LazyBranchMenu.prepare}
      >
        {(close) => <LazyBranchMenu.View branches={branches} actions={actions} onDone={close} />}
      </Popover>
      {beside !== undefined && (
        <button
          type="button"
          className={styles.ghost}
          title={`Switch to “${beside.name}”, ${forkWords(beside)}. It is drawn hollow beside this run.`}
          onClick={() => desk.switchTo(beside.id)}
        >
          <i aria-hidden="true" />
          <span>{beside.name}</span>
        </button>
      )}
      {several && (
        <Plain
          name="Compare"
          title="Message by message: where the runs part, and what differs"
          icon={<CompareIcon />}
          onClick={() => desk.compare()}
        />
      )}
      {current !== original && ghost !== original && (
        <Plain
          name="Original run"
          title="Back to the original run"
          icon={<BackIcon />}
          onClick={() => desk.toOriginal()}
        />
      )}
    </section>
  );
}

interface PlainProps {
  name: string;
  title: string;
  /** Stands for the name where there is no room for it. */
  icon: ReactNode;
  onClick(): void;
}

function Plain({ name, title, icon, onClick }: PlainProps) {
  return (
    <button type="button" className={styles.plain} aria-label={name} title={title} onClick={onClick}>
      {icon}
      <span>{name}</span>
    </button>
  );
}
