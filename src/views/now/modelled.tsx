import { explanationOf } from '../../trace/story/index.ts';
import styles from './now.module.css';

/** The rules behind what is seen: each with its source, and what the model leaves out. */
export function Modelled({ terms }: { terms: readonly string[] }) {
  return (
    <dl className={styles.modelled}>
      {terms.map((term) => {
        const one = explanationOf(term);
        if (one === undefined) return null;
        return (
          <div key={term}>
            <dt>{one.term}</dt>
            <dd>
              {one.rule}
              <small>Source: {one.source}</small>
              {one.leavesOut !== '' && <small>Left out: {one.leavesOut}</small>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
