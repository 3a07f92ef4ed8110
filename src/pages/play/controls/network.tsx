import { useState } from 'react';
import type { Playhead } from '../../../views/index.ts';
import type {
  CongestionControl,
  NetworkKey,
  NetworkValues,
  PlayActions,
  ScenarioModel,
  Tls,
} from '../model.ts';
import { NETWORK_SCALES } from '../parts/scales.ts';
import { Section } from '../parts/section.tsx';
import { Slider } from '../parts/slider.tsx';
import { useMoment } from '../use-moment.ts';
import styles from './controls.module.css';

const LABELS: readonly [NetworkKey, string][] = [
  ['rttMs', 'Round-trip time'],
  ['jitterMs', 'Jitter'],
  ['lossPct', 'Packet loss'],
  ['rateKbps', 'Bandwidth'],
];

const TLS: readonly [Tls, string][] = [
  ['1.3', 'TLS 1.3'],
  ['1.2', 'TLS 1.2'],
  ['none', 'no TLS'],
];

const CONGESTION_CONTROL: readonly [CongestionControl, string][] = [
  ['cubic', 'CUBIC'],
  ['bbr', 'BBR'],
];

interface NetworkProps {
  scenario: ScenarioModel;
  playhead: Playhead;
  actions: PlayActions;
}

const titleOf = <Value,>(choices: readonly [Value, string][], value: Value) =>
  choices.find(([choice]) => choice === value)?.[1];

/** The access links: what they are like where the playhead stands, for all clients or for one group. */
export function Network({ scenario, playhead, actions }: NetworkProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const target = scenario.groups.some((group) => group.name === chosen) ? chosen : null;
  // As text: the sliders are drawn anew only when a value is another.
  const values = JSON.parse(
    useMoment(playhead, (nowUs) => JSON.stringify(scenario.networkAt(target, nowUs))),
  ) as NetworkValues;
  const started = useMoment(playhead, (nowUs) => nowUs > 0);
  return (
    <Section
      title="Network"
      aside={<TargetSelect scenario={scenario} target={target} onChange={setChosen} />}
    >
      {LABELS.map(([key, label]) => (
        <Slider
          key={key}
          label={label}
          scale={NETWORK_SCALES[key]}
          {...values[key]}
          warn={key === 'lossPct' && (values[key].instead !== null || (values[key].value ?? 0) > 0)}
          onChange={(value) => actions.setNetwork(key, value, target)}
        />
      ))}
      <p className={styles.note}>
        {started ? 'A change holds from the playhead on.' : 'A change holds for the whole run.'}
      </p>
      <details className={styles.more}>
        <summary>
          {titleOf(TLS, scenario.tls)} · {titleOf(CONGESTION_CONTROL, scenario.congestionControl)}
        </summary>
        <Choice
          id="play-tls"
          label="Encryption"
          value={scenario.tls}
          choices={TLS}
          onChange={actions.setTls}
        />
        <Choice
          id="play-congestion-control"
          label="Congestion control"
          value={scenario.congestionControl}
          choices={CONGESTION_CONTROL}
          onChange={actions.setCongestionControl}
        />
      </details>
    </Section>
  );
}

interface ChoiceProps<Value extends string> {
  id: string;
  label: string;
  value: Value;
  choices: readonly [Value, string][];
  onChange(value: Value): void;
}

/** One of a few, for the whole run. */
function Choice<Value extends string>({ id, label, value, choices, onChange }: ChoiceProps<Value>) {
  return (
    <div className={styles.row}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value as Value)}>
        {choices.map(([choice, title]) => (
          <option key={choice} value={choice}>
            {title}
          </option>
        ))}
      </select>
    </div>
  );
}

interface TargetSelectProps {
  scenario: ScenarioModel;
  target: string | null;
  onChange(target: string | null): void;
}

function TargetSelect({ scenario, target, onChange }: TargetSelectProps) {
  return (
    <select
      aria-label="Whose links"
      className={styles.small}
      value={target ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    >
      <option value="">all clients</option>
      {scenario.groups.map((group) => (
        <option key={group.name} value={group.name}>
          {group.title}
        </option>
      ))}
    </select>
  );
}
