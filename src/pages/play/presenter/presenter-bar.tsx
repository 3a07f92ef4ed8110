import type { PlayProps } from '../model.ts';
import { SCENES } from '../shown.ts';
import styles from './presenter.module.css';

/** Title and the views by their keys, for an audience. */
export function PresenterBar({ scenario, shown, actions }: PlayProps) {
  return (
    <header className={styles.bar}>
      <h1>{scenario.title}</h1>
      <nav aria-label="Views">
        {SCENES.map(({ title, part, tab }, index) => (
          <button
            key={title}
            type="button"
            aria-pressed={shown.part === part && (tab === undefined || shown.tab === tab)}
            onClick={() => actions.show(tab === undefined ? { part } : { part, tab })}
          >
            <kbd>{index + 1}</kbd> {title}
          </button>
        ))}
      </nav>
      <button type="button" onClick={() => actions.present(false)}>
        Leave <kbd>Esc</kbd>
      </button>
    </header>
  );
}

/** Nothing to look at: the audience listens. */
export function Blank() {
  return (
    <div className={styles.blank} role="status">
      Blank. B or . brings it back.
    </div>
  );
}
