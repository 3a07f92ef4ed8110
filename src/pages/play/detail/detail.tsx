import type { PlayProps } from '../model.ts';
import { CloseIcon } from '../parts/icons.tsx';
import { Section } from '../parts/section.tsx';
import { describe } from './describe.ts';
import styles from './detail.module.css';

/** What was selected, what it is, and what can be done to it; with nothing selected, what this scenario is about. */
export function Detail(props: PlayProps) {
  const { trace, selection, scenario, actions } = props;
  const description = selection === null ? null : describe(trace, selection);
  if (description === null) {
    return (
      <Section title="About this run">
        <p className={styles.about}>{scenario.about || 'Press play, or change something on the left.'}</p>
      </Section>
    );
  }
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
