import type { ModelNotes as Notes } from '../../trace/header.ts';
import styles from './model-notes.module.css';

/** How a backplane or a transport is modelled: the rule, the documents that it follows, and what is left out of it. */
export function ModelNotes({ title, notes }: { title: string; notes: Notes }) {
  const { about, sources, leavesOut } = notes;
  return (
    <details className={styles.notes}>
      <summary>How {title} is modelled</summary>
      <p>{about}</p>
      <List title="Sources" items={sources} />
      <List title="Left out" items={leavesOut} />
    </details>
  );
}

function List({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <>
      <h4>{title}</h4>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </>
  );
}
