import styles from './page-nav.module.css';

const PAGES = [
  { id: 'play', title: 'Play', hint: 'One run, and everything about it' },
  { id: 'compare', title: 'Compare', hint: 'Variants of a scenario with the same luck' },
] as const;

/** The pages that there are. Each stays as it was left. */
export function PageNav({ current }: { current: (typeof PAGES)[number]['id'] }) {
  return (
    <nav className={styles.nav} aria-label="Pages">
      {PAGES.map(({ id, title, hint }) => (
        <a key={id} href={`#/${id}`} title={hint} aria-current={id === current ? 'page' : undefined}>
          {title}
        </a>
      ))}
    </nav>
  );
}
