import type { PlayProps } from '../model.ts';
import { Section } from '../parts/section.tsx';
import { describe } from './describe.ts';
import styles from './detail.module.css';
import { Selected } from './selected.tsx';

/** What was selected; with nothing selected, what this scenario is about. */
export function Detail(props: PlayProps) {
  const { trace, selection, scenario, actions } = props;
  const description = selection === null ? null : describe(trace, selection);
  if (description !== null) return <Selected description={description} actions={actions} />;
  return (
    <Section title="About this run">
      <p className={styles.about}>{scenario.about || 'Press play, or change something on the left.'}</p>
    </Section>
  );
}
