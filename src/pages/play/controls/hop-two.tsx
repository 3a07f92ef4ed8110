import type { HopModel, OptionModel, PlayActions, ScenarioModel, TopicsKind } from '../model.ts';
import { NumberEntry } from '../parts/entry.tsx';
import { Section } from '../parts/section.tsx';
import { MOST_SERVERS } from '../touch/usual.ts';
import styles from './controls.module.css';
import { TransportOption } from './transport-option.tsx';

/** Options that stand without being asked for. */
const SHOWN = 4;

const TOPICS = [
  ['room', 'per room'],
  ['user', 'per user'],
  ['cache', 'cached entry'],
] as const;

const BALANCERS = [
  ['', 'none'],
  ['layer-4', 'layer 4'],
  ['layer-7', 'layer 7'],
] as const;

const PROXIES = [
  ['', 'none'],
  ['intercepting', 'intercepting'],
] as const;

interface Props {
  scenario: ScenarioModel;
  actions: PlayActions;
}

/** How updates get from their source to the servers, how many of those there are, and what stands before them. */
export function HopTwo({ scenario: { hop }, actions }: Props) {
  return (
    <Section title="Hop 2 · source to server">
      <div className={`${styles.row} ${styles.wraps}`} title={hop.about}>
        <label htmlFor="play-backplane">Backplane</label>
        <select
          id="play-backplane"
          value={hop.kind}
          onPointerEnter={() => actions.wantKinds()}
          onFocus={() => actions.wantKinds()}
          onChange={(event) => actions.setBackplane(event.currentTarget.value)}
        >
          {kindsOf(hop).map(({ kind, title }) => (
            <option key={kind} value={kind}>
              {title}
            </option>
          ))}
        </select>
      </div>
      <Options
        of={hop.title}
        options={hop.options}
        onChange={(key, value) => actions.setHopOption('backplane', key, value)}
      />
      <div className={styles.row} title="What updates are published to, and servers subscribe to or read">
        <label htmlFor="play-topics">Topics</label>
        <select
          id="play-topics"
          value={hop.topics}
          onChange={(event) => actions.setTopics(event.currentTarget.value as TopicsKind)}
        >
          {TOPICS.map(([kind, title]) => (
            <option key={kind} value={kind}>
              {title}
            </option>
          ))}
        </select>
      </div>
      <Options
        of="the cached entries"
        options={hop.topicsOptions}
        onChange={(key, value) => actions.setHopOption('topics', key, value)}
      />
      <div className={styles.row}>
        <span>Servers</span>
        <NumberEntry
          label="Servers"
          value={hop.servers}
          min={1}
          max={MOST_SERVERS}
          integer
          onChange={actions.setServers}
        />
      </div>
      <Options
        of="the servers"
        options={hop.serversOptions}
        shown={0}
        onChange={(key, value) => actions.setHopOption('servers', key, value)}
      />
      <Kind
        id="play-balancer"
        label="Load balancer"
        kinds={BALANCERS}
        {...hop.balancer}
        onKind={actions.setBalancer}
        onChange={(key, value) => actions.setHopOption('balancer', key, value)}
      />
      <Kind
        id="play-proxy"
        label="Proxy"
        kinds={PROXIES}
        {...hop.proxy}
        onKind={actions.setProxy}
        onChange={(key, value) => actions.setHopOption('proxy', key, value)}
      />
    </Section>
  );
}

/** Until the others are known, the one that there is. */
const kindsOf = ({ kinds, kind, title, about }: HopModel) =>
  kinds.some((one) => one.kind === kind) ? kinds : [{ kind, title, about }];

interface KindProps extends Pick<OptionsProps, 'onChange'> {
  id: string;
  label: string;
  kinds: readonly (readonly [kind: string, title: string])[];
  /** Left out: there is none. */
  kind?: string;
  options?: readonly OptionModel[];
  onKind(kind: string | null): void;
}

/** What stands before the servers: of which kind, if any, and its options. */
function Kind({ id, label, kinds, kind = '', options = [], onKind, onChange }: KindProps) {
  return (
    <>
      <div className={styles.row}>
        <label htmlFor={id}>{label}</label>
        <select id={id} value={kind} onChange={(event) => onKind(event.currentTarget.value || null)}>
          {kinds.map(([kind, title]) => (
            <option key={kind} value={kind}>
              {title}
            </option>
          ))}
        </select>
      </div>
      <Options of={`the ${label.toLowerCase()}`} options={options} onChange={onChange} />
    </>
  );
}

interface OptionsProps {
  of: string;
  options: readonly OptionModel[];
  /** So many stand without being asked for, beside those that are set. */
  shown?: number;
  onChange(key: string, value: OptionModel['value']): void;
}

/** What is set, and the choices, stand for all to see; the rest is there when it is asked for. */
function Options({ of, options, shown = SHOWN, onChange }: OptionsProps) {
  if (options.length === 0) return null;
  const telling = options.filter(({ set }) => set);
  const choices = options.filter(({ set, control }) => !set && control.type !== 'number');
  const first = new Set([...telling, ...choices].slice(0, Math.max(shown, telling.length)));
  const rest = options.filter((option) => !first.has(option));
  const show = (option: OptionModel) => (
    <TransportOption
      key={option.key}
      of={of}
      option={option}
      onChange={(value) => onChange(option.key, value)}
    />
  );
  return (
    <div className={`${styles.group} ${styles.options}`}>
      {options.filter((option) => first.has(option)).map(show)}
      {rest.length > 0 && (
        <details className={styles.more}>
          <summary>
            {rest.length} more {rest.length === 1 ? 'option' : 'options'}
          </summary>
          {rest.map(show)}
        </details>
      )}
    </div>
  );
}
