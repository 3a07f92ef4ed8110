import { useMemo } from 'react';
import { COLUMN, type Trace } from '../../trace/trace.ts';
import { useSize } from '../use-size.ts';
import type { Selection } from '../view.ts';
import styles from './ladder.module.css';
import { LadderAt } from './ladder-at.tsx';
import { defaultHosts, room } from './pairs.ts';
import type { LadderProps } from './props.ts';
import { Toolbar } from './toolbar.tsx';

export type { LadderProps } from './props.ts';

/** Who sent what to whom, and when: a space-time diagram. Slope is latency. Fills its container (give it a sized box). */
export function Ladder(props: LadderProps) {
  const { trace, depth, scale, hosts, selection } = props;
  const { header } = trace;
  const [ref, size] = useSize<HTMLDivElement>();
  const width = size?.width ?? 0;
  const wanted = clientOf(trace, selection);
  const clients = useMemo(() => {
    if (header === null || width === 0) return [];
    return hosts ?? defaultHosts(header, room(width).comfortable, wanted);
  }, [header, hosts, width, wanted]);
  return (
    <figure className={styles.ladder} aria-label="Ladder">
      {header && (
        <Toolbar
          header={header}
          depth={depth}
          scale={scale}
          hosts={hosts}
          clients={clients}
          most={room(width).most}
          onDepth={props.onDepth}
          onScale={props.onScale}
          onHosts={props.onHosts}
        />
      )}
      <div ref={ref} className={styles.body}>
        {header && size && width > 120 && size.height > 90 && (
          <LadderAt {...props} header={header} clients={clients} size={size} />
        )}
      </div>
    </figure>
  );
}

/** The client that a selection is about, or null. */
function clientOf(trace: Trace, selection: Selection | null): number | null {
  if (selection?.kind === 'client' || selection?.kind === 'message') return selection.client;
  if (selection?.kind !== 'packet') return null;
  const table = trace.table('packet.sent');
  const row = table.rowOfSeq(selection.seq);
  return row < 0
    ? null
    : (trace.header?.links[table.get(row, COLUMN['packet.sent'].link) >> 1]?.client ?? null);
}
