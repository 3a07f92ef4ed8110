import type { PlayActions } from '../model.ts';
import { CloseIcon } from '../parts/icons.tsx';
import { Section } from '../parts/section.tsx';
import type { Description } from './describe.ts';
import styles from './detail.module.css';

/** What was selected, what it is, and what can be done to it. */
export function Selected({ description, actions }: { description: Description; actions: PlayActions }) {
  const { title, facts, offers } = description;
  const close = (
    <button
      type="button"
      className={styles.close}
      aria-label="Let go of the selection"
      onClick={() => actions.select(null)}
    >
      <CloseIcon />
    </button>
  );
  return (
    <Section title="Selected" aside={close}>
      <h3 className={styles.title}>{title}</h3>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {offers.length > 0 && (
        <div className={styles.offers}>
          {offers.map((offer) => (
            <button key={offer.label} type="button" onClick={() => actions.addFault(offer)}>
              {offer.label}
            </button>
          ))}
        </div>
      )}
    </Section>
  );
}
