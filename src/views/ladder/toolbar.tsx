import type { TraceHeader } from '../../trace/trace.ts';
import type { Depth, Scale } from './depth.ts';
import { HostChooser } from './host-chooser.tsx';
import styles from './toolbar.module.css';

interface Props {
  header: TraceHeader;
  depth: Depth;
  scale: Scale;
  hosts: readonly number[] | null;
  clients: readonly number[];
  /** Pairs that fit at most. */
  most: number;
  onDepth(depth: Depth): void;
  onScale(scale: Scale): void;
  onHosts(hosts: number[] | null): void;
}

const DEPTHS: readonly [Depth, string, string][] = [
  [1, 'Messages', 'Updates, requests and answers'],
  [2, 'Protocol', 'Every unit: handshakes, TLS, HTTP, frames, pings, DNS'],
  [3, 'States', 'Machine states and timers as well'],
  [4, 'Packets', 'Every packet with its fields and bytes'],
];

/** How deep, to which scale, and whose lifelines. */
export function Toolbar(props: Props) {
  const { depth, scale, onDepth, onScale } = props;
  return (
    <div className={styles.toolbar}>
      <fieldset className={styles.choices}>
        <legend className={styles.hidden}>Depth</legend>
        {DEPTHS.map(([value, label, title]) => (
          <button
            key={value}
            type="button"
            title={title}
            aria-pressed={depth === value}
            onClick={() => onDepth(value)}
          >
            {label}
          </button>
        ))}
      </fieldset>
      <fieldset className={styles.choices}>
        <legend className={styles.hidden}>Scale</legend>
        <button
          type="button"
          aria-pressed={scale === 'time'}
          onClick={() => onScale('time')}
          title="Slope is latency"
        >
          To scale
        </button>
        <button
          type="button"
          aria-pressed={scale === 'ordinal'}
          onClick={() => onScale('ordinal')}
          title="Every event as far from the next: not to scale"
        >
          In order
        </button>
      </fieldset>
      <HostChooser {...props} />
    </div>
  );
}
