import { memo } from 'react';
import type { Trace, TraceHeader } from '../../trace/trace.ts';
import { peerLinksOf } from '../reading/peer-links.ts';
import { type Closed, peerTrouble } from '../reading/places.ts';
import type { Curve } from './curve.ts';
import { Cut } from './links.tsx';
import styles from './stage.module.css';
import type { StageLayout } from './stage-layout.ts';

/** Links without a connection are drawn as long as there are no more than these. */
const FEW_LINKS = 14;

interface Props {
  trace: Trace;
  header: TraceHeader;
  layout: StageLayout;
  nowUs: number;
  /** Number of the link under the pointer, or -1. */
  hovered: number;
}

/** The links of hop 2 on which something is connected, and those that are cut. */
export function HopLinks({ trace, header, layout, nowUs, hovered }: Props) {
  const peers = peerLinksOf(trace);
  const links = header.links.flatMap(({ kind, from, to }, link) =>
    kind === 'backplane' ? [{ from, to, link }] : [],
  );
  const few = links.length <= FEW_LINKS;
  // Where one card stands for many, their ways lie on each other.
  const drawn = new Map<
    string,
    { curve: Curve; open: boolean; cut: Closed; text: string; hovered: boolean }
  >();
  for (const { from, to, link } of links) {
    const curve = layout.between(from, to);
    if (curve === null) continue;
    const open = peers.openAt(link, nowUs) > 0;
    const { cut, text } = peerTrouble(trace, link, nowUs);
    const before = drawn.get(curve.path);
    if (!open && !few && cut === '' && hovered !== link && before === undefined) continue;
    drawn.set(curve.path, {
      curve,
      open: open || before?.open === true,
      cut: cut || before?.cut || '',
      text: text || before?.text || '',
      hovered: hovered === link || before?.hovered === true,
    });
  }
  return (
    <g className={drawn.size > FEW_LINKS ? styles.manyPeers : undefined}>
      {[...drawn.values()].map((state) => (
        <HopWay key={state.curve.path} {...state} />
      ))}
    </g>
  );
}

interface WayProps {
  curve: Curve;
  open: boolean;
  cut: Closed;
  text: string;
  hovered: boolean;
}

const HopWay = memo(function HopWay({ curve, open, cut, text, hovered }: WayProps) {
  const middle = curve.at(0.5);
  return (
    <g>
      <path className={styles.peer} d={curve.path} data-open={open} data-hovered={hovered} />
      {/* Up is from the first place on, which is how the curve goes: downward on a client's link. */}
      {cut !== '' && (
        <Cut {...middle} way={cut === 'up' ? 'down' : cut === 'down' ? 'up' : 'both'} half={7} />
      )}
      {text !== '' && (
        <text className={styles.trouble} x={middle.x} y={middle.y - 8} textAnchor="middle">
          {text}
        </text>
      )}
    </g>
  );
});

/** Between servers and what is before them: dashed while that does not think a server healthy, with a gap where it is cut. */
export const InnerLinks = memo(function InnerLinks({
  layout,
  unhealthy,
  down,
  cuts,
}: {
  layout: StageLayout;
  /** Servers that the balancer has taken out, and those that take nothing, as strings of 0 and 1. */
  unhealthy: string;
  down: string;
  /** Of each server, with commas. */
  cuts: string;
}) {
  const ways = cuts.split(',') as Closed[];
  const across = layout.across && <path className={styles.peer} d={layout.across.path} data-open />;
  const each = layout.servers.map(({ server }) => {
    const curve = layout.inner(server);
    if (curve === null) return null;
    const out = unhealthy[server] === '1';
    const middle = curve.at(0.5);
    return (
      <g key={server}>
        <path className={styles.peer} d={curve.path} data-open={!out && down[server] !== '1'} />
        {ways[server] ? (
          <Cut {...middle} way={ways[server]} half={7} />
        ) : (
          out && <Cut {...middle} way="both" half={4} />
        )}
      </g>
    );
  });
  return (
    <>
      {across}
      {each}
    </>
  );
});
