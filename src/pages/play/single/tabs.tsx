import { PANEL_TABS, PARTS, type ShowActions, type Shown } from '../shown.ts';
import styles from './single.module.css';

interface Props {
  shown: Shown;
  /** Something is selected, so that there is a story to be read. */
  selected: boolean;
  controls: boolean;
  actions: Pick<ShowActions, 'show'>;
}

/** The parts of the page where there is room for one of them only. */
export function Tabs({ shown, selected, controls, actions }: Props) {
  const title = (id: string, usual: string) =>
    id === 'panel' ? (PANEL_TABS.find((tab) => tab.id === shown.tab)?.title ?? usual) : usual;
  return (
    <nav className={styles.tabs} aria-label="Parts of this page">
      {PARTS.filter(({ id }) => controls || id !== 'controls').map((part) => (
        <button
          key={part.id}
          type="button"
          aria-pressed={shown.part === part.id}
          data-news={part.id === 'why' && selected && shown.part !== 'why'}
          onClick={() => actions.show({ part: part.id })}
        >
          {title(part.id, part.title)}
        </button>
      ))}
    </nav>
  );
}
