import { MoreGroups, useFew } from '../../../views/few/few.tsx';
import type { GroupModel, GroupPlace, PlayActions, ScenarioModel } from '../model.ts';
import { NumberEntry } from '../parts/entry.tsx';
import { Section } from '../parts/section.tsx';
import styles from './controls.module.css';
import { TransportOption } from './transport-option.tsx';

/** Hop 1: which transports take part, with how many clients, and how they are set. */
export function Transports({ scenario, actions }: { scenario: ScenarioModel; actions: PlayActions }) {
  const few = useFew(scenario.groups.length);
  return (
    <Section title="Hop 1 · server to client">
      <fieldset className={styles.chips}>
        <legend className={styles.hidden}>Transports that take part</legend>
        {scenario.transports.map(({ kind, title, on, last }) => (
          <button
            key={kind}
            type="button"
            className={styles.chip}
            aria-pressed={on}
            aria-disabled={last}
            title={
              last ? 'At least one transport takes part' : on ? `Take ${title} out` : `Let ${title} take part`
            }
            onClick={() => !last && actions.toggleTransport(kind)}
          >
            <span className={styles.dot} style={{ background: `var(--${kind}, var(--other-transport))` }} />
            {title}
          </button>
        ))}
      </fieldset>
      <details className={styles.more}>
        <summary>Clients and options</summary>
        {few.shown.map((index) => {
          const group = scenario.groups[index] as GroupModel;
          return <Group key={group.name} group={group} actions={actions} />;
        })}
        <MoreGroups few={few} of="clients and options" />
      </details>
    </Section>
  );
}

function Group({ group, actions }: { group: GroupModel; actions: PlayActions }) {
  return (
    <fieldset className={styles.group}>
      <legend>
        <span
          className={styles.dot}
          style={{ background: `var(--${group.transport}, var(--other-transport))` }}
        />
        {group.title}
      </legend>
      <div className={styles.row}>
        <span>Clients</span>
        <NumberEntry
          label={`Clients of ${group.title}`}
          value={group.count}
          min={1}
          max={group.mostClients}
          integer
          onChange={(count) => actions.setClients(group.name, count)}
        />
      </div>
      {group.options.map((option) => (
        <TransportOption
          key={`${option.place}.${option.key}`}
          of={group.title}
          option={option}
          onChange={(value) => actions.setOption(group.name, option.place as GroupPlace, option.key, value)}
        />
      ))}
    </fieldset>
  );
}
