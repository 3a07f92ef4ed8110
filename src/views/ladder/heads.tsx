import type { Trace } from '../../trace/trace.ts';
import { sameSelection } from '../pointing.ts';
import { transportColor } from '../theme/colors.ts';
import type { Selection } from '../view.ts';
import styles from './ladder.module.css';
import type { Frame } from './layout.ts';
import { AXIS_PX, serverName, serverOf, viaName } from './pairs.ts';
import { endsOf } from './peers.ts';

/** Height of the names above the lifelines. */
export const HEADS_PX = 30;
/** Narrower pairs have their client's name alone. */
const BOTH_NAMES_PX = 150;

interface Props {
  trace: Trace;
  frame: Frame;
  selection: Selection | null;
  onSelect(selection: Selection | null): void;
  /** What is pointed at anywhere. */
  pointed: Selection | null;
  onPoint(selection: Selection | null): void;
}

/** Names above the lifelines: servers in ink, clients with their transport's colour beside the name. */
export function Heads({ trace, frame, selection, onSelect, pointed, onPoint }: Props) {
  const { pairs, view } = frame;
  return (
    <div className={styles.heads} style={{ height: HEADS_PX }}>
      {pairs.map(({ client, name, transport, left, right, serverX, clientX }, i) => {
        const peers = trace.header === null ? null : endsOf(trace.header, client);
        const leftIs =
          peers === null ? serverAt(serverOf(trace, client, view.nowUs)) : placeAt(trace, peers.left);
        const rightIs = peers === null ? ({ kind: 'client', client } as const) : placeAt(trace, peers.right);
        const via = viaName(trace.header, client);
        const both = right - left >= BOTH_NAMES_PX;
        const serverHalf = Math.min(i === 0 ? 70 : 34, serverX - 2);
        return (
          <div key={client}>
            {both && (
              <button
                type="button"
                className={styles.head}
                style={{ left: serverX - serverHalf, width: 2 * serverHalf }}
                aria-pressed={sameSelection(selection, leftIs)}
                onClick={() => onSelect(leftIs)}
              >
                <span className={styles.ends}>
                  {serverName(trace, client, view.nowUs)}
                  {via !== '' && <span className={styles.via}>{` ${via}`}</span>}
                </span>
              </button>
            )}
            <button
              type="button"
              className={styles.head}
              style={
                both
                  ? centred(clientX, 2 * Math.min(clientX - serverX - 36, 100), right)
                  : { left, width: right - left - 6 }
              }
              aria-pressed={sameSelection(selection, rightIs)}
              data-pointed={sameSelection(pointed, rightIs)}
              onPointerEnter={() => onPoint(rightIs)}
              onPointerLeave={() => onPoint(null)}
              onClick={() => onSelect(rightIs)}
            >
              <span className={styles.swatch} style={{ background: transportColor(transport) }} />
              <span className={styles.name}>{name}</span>
            </button>
          </div>
        );
      })}
      <span className={styles.axisTitle} style={{ width: AXIS_PX }} />
    </div>
  );
}

const serverAt = (server: number): Selection => ({ kind: 'server', server });

const placeAt = (trace: Trace, place: number): Selection =>
  trace.header?.places[place]?.kind === 'server' ? serverAt(place) : { kind: 'place', place };

function centred(x: number, width: number, right: number) {
  // The next server's name reaches into this pair a little.
  const half = Math.min(width / 2, right - x - 10);
  return { left: x - half, width: 2 * half };
}
