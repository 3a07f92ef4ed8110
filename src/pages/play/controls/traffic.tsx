import type { ArrivalsKind, PlayActions, ScenarioModel, TrafficModel } from '../model.ts';
import { NumberEntry } from '../parts/entry.tsx';
import { Section } from '../parts/section.tsx';
import styles from './controls.module.css';

const KINDS: readonly [Exclude<ArrivalsKind, 'at'>, string][] = [
  ['poisson', 'Poisson'],
  ['periodic', 'periodic'],
  ['burst', 'bursts'],
];

/** Taken when arrivals that came at given moments are to come in another way. */
const USUAL_PER_SECOND = 2;

/** What the source publishes. */
export function Traffic({ scenario, actions }: { scenario: ScenarioModel; actions: PlayActions }) {
  const { traffic, seed } = scenario;
  return (
    <Section title="Traffic">
      {traffic === null ? (
        <p className={styles.note}>Nobody publishes anything.</p>
      ) : (
        <Publisher traffic={traffic} actions={actions} />
      )}
      <div className={styles.row}>
        <span>Seed of all luck</span>
        <span className={styles.inline}>
          <NumberEntry
            label="Seed of all luck"
            value={seed}
            min={0}
            max={Number.MAX_SAFE_INTEGER}
            integer
            onChange={actions.setSeed}
          />
          <button type="button" className={styles.small} onClick={() => actions.setSeed(seed + 1)}>
            next
          </button>
        </span>
      </div>
    </Section>
  );
}

function Publisher({ traffic, actions }: { traffic: TrafficModel; actions: PlayActions }) {
  const { kind, perSecond, bytes, others, publisher } = traffic;
  return (
    <>
      <div className={styles.row}>
        <span>Updates{others > 0 ? ` of ${publisher}` : ''}</span>
        <span className={styles.inline}>
          {kind !== 'at' && perSecond !== null && (
            <NumberEntry
              label="Updates a second"
              value={perSecond}
              min={0.01}
              max={1000}
              unit="/ s"
              onChange={(value) => actions.setArrivals(kind, value)}
            />
          )}
          <ArrivalsSelect traffic={traffic} actions={actions} />
        </span>
      </div>
      <div className={styles.row}>
        <span>Payload</span>
        <NumberEntry
          label="Payload"
          value={bytes}
          min={1}
          max={1_000_000}
          integer
          unit="B"
          onChange={actions.setBytes}
        />
      </div>
      {others > 0 && (
        <p className={styles.note}>
          {others} more {others === 1 ? 'publisher' : 'publishers'} as the scenario has it.
        </p>
      )}
    </>
  );
}

function ArrivalsSelect({
  traffic: { kind, perSecond },
  actions,
}: {
  traffic: TrafficModel;
  actions: PlayActions;
}) {
  return (
    <select
      aria-label="How updates come"
      value={kind}
      onChange={(event) =>
        actions.setArrivals(
          event.currentTarget.value as (typeof KINDS)[number][0],
          perSecond ?? USUAL_PER_SECOND,
        )
      }
    >
      {kind === 'at' && <option value="at">at given moments</option>}
      {KINDS.map(([value, title]) => (
        <option key={value} value={value}>
          {title}
        </option>
      ))}
    </select>
  );
}
