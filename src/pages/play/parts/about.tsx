import type { PlayProps } from '../model.ts';
import styles from './parts.module.css';
import { Section } from './section.tsx';

/** What a scenario says of itself: what to watch. */
export function About({ scenario: { about } }: Pick<PlayProps, 'scenario'>) {
  return (
    about !== '' && (
      <Section title="About this run">
        <p className={styles.about}>{about}</p>
      </Section>
    )
  );
}
