import type { Trace, TraceHeader } from '../../trace/trace.ts';
import { fateOf, fateWords } from '../log/fate.ts';
import { textOfMessages } from '../reading/messages.ts';
import { packetFace } from '../reading/packet-face.ts';
import { count, seconds } from '../readout/units.ts';
import type { ViewProps } from '../view.ts';
import { contentsOf, type UnitInside } from './contents.ts';
import styles from './details.module.css';
import { endsOf } from './ends.ts';
import { type HeaderPart, headerParts } from './header-fields.ts';
import { packetFacts } from './model.ts';

export interface PacketDetailsProps extends Pick<ViewProps, 'selection' | 'onSelect'> {
  trace: Trace;
  header: TraceHeader;
  /** Row of `packet.sent`. */
  row: number;
  nowUs: number;
}

/** One packet taken apart: what became of it, its headers field by field, and the units inside. */
export function PacketDetails({ trace, header, row, nowUs, onSelect }: PacketDetailsProps) {
  const packet = packetFacts(trace, row);
  const { from, to } = endsOf(trace, header, packet);
  const fate = fateOf(trace, row, nowUs);
  return (
    <section className={styles.details} aria-label="Packet">
      <header className={styles.title}>
        <h3>{packetFace(trace, row).label}</h3>
        <button type="button" aria-label="Close the packet’s details" onClick={() => onSelect(null)}>
          ×
        </button>
      </header>
      <p className={styles.fate} data-lost={fate.kind === 'lost'}>
        Packet {packet.packet}, sent at {seconds(packet.atUs)}, {fate.kind === 'lost' && '✕ '}
        {fateWords(fate)}.{packet.why !== '' && ` Sent again: ${packet.why}.`}
        {packet.duplicate && ' A second copy that the network made.'}
        {packet.connection > 0 && ` Connection ${packet.connection}.`}
      </p>
      {headerParts(packet, from, to).map((part) => (
        <Header key={part.title} part={part} />
      ))}
      <Inside trace={trace} packet={packet} onSelect={onSelect} />
      <p className={styles.note}>
        Hatched fields are not modelled or not recorded. Options count in bytes; the values of timestamps and
        SACK blocks are not recorded, nor are the window and PSH.
      </p>
    </section>
  );
}

/** What the fields of four bits are called in full. */
const FULL: Record<string, string> = {
  '': 'reserved',
  ver: 'version',
  IHL: 'header length in 32-bit words',
  off: 'data offset in 32-bit words',
};

function Header({ part }: { part: HeaderPart }) {
  return (
    <>
      <h4 className={styles.heading}>
        {part.title} header <span>{part.bytes} B</span>
      </h4>
      <ul className={styles.header}>
        {part.fields.map(({ name, value, bits, absent }, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: fields of a header never change their places
            key={index}
            style={{ gridColumn: `span ${bits}` }}
            data-absent={absent !== undefined || undefined}
            title={`${FULL[name] ?? name}: ${absent ?? value}`}
          >
            <span>{name}</span>
            <b>{value}</b>
            {absent && <i className={styles.hidden}>{absent}</i>}
          </li>
        ))}
      </ul>
    </>
  );
}

function Inside(props: {
  trace: Trace;
  packet: ReturnType<typeof packetFacts>;
  onSelect: ViewProps['onSelect'];
}) {
  const { trace, packet, onSelect } = props;
  const { units, more, sealBytes } = contentsOf(trace, packet);
  return (
    <>
      <h4 className={styles.heading}>
        Inside <span>{count(packet.dataBytes)} B</span>
      </h4>
      {packet.dataBytes === 0 && (
        <p className={styles.note}>{packet.udp ? 'A datagram of the resolver.' : 'No data: headers only.'}</p>
      )}
      {units.length > 0 && (
        <ul className={styles.units}>
          {units.map((unit) => (
            <Unit key={unit.unit} unit={unit} trace={trace} onSelect={onSelect} />
          ))}
          {more > 0 && <li>and {count(more)} more</li>}
          {sealBytes === null ? (
            <li className={styles.note}>
              A unit continues in another packet; sizes are of whole units, without TLS records.
            </li>
          ) : (
            sealBytes > 0 && (
              <li>
                <span>TLS records around them</span>
                <b>{count(sealBytes)} B</b>
              </li>
            )
          )}
        </ul>
      )}
    </>
  );
}

function Unit({
  unit,
  trace,
  onSelect,
}: {
  unit: UnitInside;
  trace: Trace;
  onSelect: ViewProps['onSelect'];
}) {
  const { messages, firstMessage, payloadBytes, bytes } = unit;
  const { text, more } = textOfMessages(trace, firstMessage, messages, 12);
  const quoted = text === '' ? '' : ` “${text}${more ? '…' : ''}”`;
  const ids = messages === 1 ? `message ${firstMessage}` : `${messages} messages from ${firstMessage} on`;
  const around = { request: 'HTTP head', response: 'HTTP head and framing', data: 'framing', control: '' };
  return (
    <li title={unit.explanation}>
      <span>
        {unit.label}
        {messages > 0 && (
          <button
            type="button"
            onClick={() => onSelect({ kind: 'message', message: firstMessage, client: null })}
          >
            {ids}
            {quoted}
          </button>
        )}
        {around[unit.role] !== '' && (
          <small>
            {payloadBytes > 0 ? `${count(payloadBytes)} B of messages + ` : ''}
            {count(bytes - payloadBytes)} B {around[unit.role]}
          </small>
        )}
      </span>
      <b>{count(bytes)} B</b>
    </li>
  );
}
