import type { Trace } from '../../trace/trace.ts';
import { asName } from '../reading/words.ts';
import { packetsInFlight } from './in-flight.ts';
import type { StageLayout } from './layout.ts';
import styles from './stage.module.css';

/** As many as anybody listens to. */
const MOST = 40;

/** The packets in flight as text, for those who do not see the picture. Only while time stands still. */
export function PacketList({ trace, layout, nowUs }: { trace: Trace; layout: StageLayout; nowUs: number }) {
  const packets = packetsInFlight(trace, layout, nowUs, 100_000, false, MOST);
  return (
    <ul className={styles.hidden} aria-label="Packets in flight">
      {packets.map(({ row, face, client, server, share, lost }) => {
        const name = trace.header?.clients[client]?.name ?? '';
        const host = asName(trace.header?.servers[server]?.name ?? 'server');
        const way = face.down ? `from ${host} to ${name}` : `from ${name} to ${host}`;
        const covered = Math.round((face.down ? share : 1 - share) * 100);
        return (
          <li key={row}>{`${face.label} ${way}, ${lost === '' ? `${covered} % of the way` : 'lost'}`}</li>
        );
      })}
    </ul>
  );
}
