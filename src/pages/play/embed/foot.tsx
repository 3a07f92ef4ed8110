import type { PlayProps } from '../model.ts';
import { Logo } from '../parts/icons.tsx';
import styles from './embed.module.css';

/** The last line of a frame within another page: what this is, and the way to all of it. */
export function Foot({ scenario, actions }: PlayProps) {
  return (
    <footer className={styles.foot}>
      <h1>
        <Logo /> {scenario.title} <small>· seed {scenario.seed}</small>
      </h1>
      <a
        href={actions.fullAddress()}
        target="_blank"
        rel="noopener"
        // The playhead has moved since the link was drawn.
        onPointerDown={(event) => {
          event.currentTarget.href = actions.fullAddress();
        }}
        onFocus={(event) => {
          event.currentTarget.href = actions.fullAddress();
        }}
      >
        Open full in Hopscope
      </a>
    </footer>
  );
}
