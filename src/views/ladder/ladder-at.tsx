import { useMemo, useRef, useState } from 'react';
import type { Trace, TraceHeader } from '../../trace/trace.ts';
import { usePointed } from '../pointing.ts';
import { CROWDED, useFrame } from '../use-frame.ts';
import type { Size } from '../use-size.ts';
import type { Selection } from '../view.ts';
import { arrowsOf } from './arrows.ts';
import { Axis } from './axis.tsx';
import { ladderCaption, leftOut } from './caption.ts';
import { type ArrowFacts, factsOf } from './facts.ts';
import { ghostArrows } from './ghosts.ts';
import { HEADS_PX, Heads } from './heads.tsx';
import { keyOf, litBy, selectionOf, type Thing, thingAt } from './hit.ts';
import { useInk } from './ink.ts';
import { type Labelling, placeLabels } from './labels.ts';
import styles from './ladder.module.css';
import { LadderCanvas } from './ladder-canvas.tsx';
import { frameOf } from './layout.ts';
import { measureWith } from './measure.ts';
import { layoutPairs } from './pairs.ts';
import type { LadderProps } from './props.ts';
import { TextTwin } from './text-twin.tsx';
import { ticksOf } from './ticks.ts';
import { useGestures } from './use-gestures.ts';
import { steppedUs, useWindow } from './use-window.ts';

interface Props extends LadderProps {
  header: TraceHeader;
  clients: readonly number[];
  size: Size;
}

/** With more arrows and brackets than this, drawing them takes a good part of a frame. */
const MANY = 120;

/** The ladder in a box of known size. Drawn when the playhead says so, and when something is pointed at. */
export function LadderAt(props: Props) {
  const { trace, playhead, header, clients, size, depth, scale, selection, onSelect, onSeek, reducedMotion } =
    props;
  const { ghost = null } = props;
  const drawn = useRef(0);
  useFrame(playhead, drawn.current > MANY ? CROWDED : 1, 4);
  const { playing } = playhead;
  const nowUs = reducedMotion && playing ? steppedUs(trace, playhead.nowUs) : playhead.nowUs;
  const ink = useInk();
  const measure = useMemo(() => measureWith(ink), [ink]);
  const [hovered, setHovered] = useState('');
  const [focused, setFocused] = useState('');
  const pointed = usePointed(props.pointing);
  const height = size.height - HEADS_PX;
  const shown = layoutPairs(header, clients, size.width).map(({ client }) => client);
  const index = arrowsOf(trace, shown, depth);
  const unplaced = { clients, depth, scale, width: size.width, height, nowUs };
  const win = useWindow(trace, index, unplaced, { playing, reducedMotion });
  const frame = frameOf(trace, header, win.view);
  drawn.current = frame.arrows.length + frame.spans.length;
  const lit = litBy(selection, chosenPacket(trace, selection));
  const pointedAt = litBy(pointed, chosenPacket(trace, pointed));
  const isHovered = (thing: Thing) => keyOf(thing) === hovered || pointedAt(thing);
  const isChosen = (thing: Thing) =>
    keyOf(thing) === focused || lit(thing) || (pointed?.kind !== 'client' && isHovered(thing));
  const labelling: Labelling = placeLabels(frame, measure, ({ arrow, span }) =>
    isChosen((arrow ?? span) as Thing),
  );
  const ghosts = ghost === null ? [] : ghostArrows(ghost.trace, header, frame);
  const ticks = ticksOf(frame.map, height, nowUs, scale === 'ordinal');
  const latest = useRef({ frame, labelling, win });
  latest.current = { frame, labelling, win };
  const hit = (x: number, y: number, reach: number): Thing | null => {
    const { labels } = latest.current.labelling;
    return thingAt(latest.current.frame, labels, ({ text, strong }) => measure(text, strong), x, y, reach);
  };
  const gestures = useGestures({
    pan: (byPx) => latest.current.win.pan(latest.current.frame.map, byPx),
    zoom: (factor, y) => latest.current.win.zoom(latest.current.frame.map, factor, y),
    hover(x, y) {
      const thing = x < 0 ? null : hit(x, y, 8);
      setHovered(keyOrNone(thing));
      props.pointing?.point(thing === null ? null : selectionOf(thing));
    },
    click(x, y, touch) {
      const thing = hit(x, y, touch ? 20 : 9);
      onSelect(thing === null ? null : selectionOf(thing));
    },
  });
  const dimming = frame.arrows.some(lit) || frame.spans.some(lit);
  const otherwise = ghosts.length > 0 && ghost ? `dotted: “${ghost.name}” where it went otherwise` : '';
  const note = [otherwise, leftOut(frame, labelling.wordless)].filter(Boolean).join(' · ');
  return (
    <>
      <figcaption className={styles.hidden}>{ladderCaption(frame)}</figcaption>
      <Heads
        trace={trace}
        frame={frame}
        selection={selection}
        onSelect={onSelect}
        pointed={pointed}
        onPoint={(next) => props.pointing?.point(next)}
      />
      <div
        {...gestures}
        className={styles.picture}
        style={{ top: HEADS_PX, height }}
        data-hit={hovered !== ''}
      >
        <LadderCanvas
          frame={frame}
          size={{ width: size.width, height }}
          style={{
            ink,
            ticks: ticks.map(({ y }) => y),
            labels: labelling.labels,
            ghosts,
            dimming,
            lit,
            hovered: isHovered,
          }}
        />
        <TextTwin
          trace={trace}
          frame={frame}
          focused={focused}
          listed={!playing}
          dragged={playhead.dragged ?? false}
          onFocus={setFocused}
          onPan={(byPx) => win.pan(frame.map, byPx)}
          onZoom={(factor) => win.zoom(frame.map, factor, height / 2)}
          onSelect={onSelect}
        />
        <Axis
          frame={frame}
          ticks={ticks}
          onSeek={(us) => {
            win.hold(frame.map);
            onSeek(us);
          }}
        />
      </div>
      <div className={styles.zoom}>
        <button type="button" aria-label="Zoom in" onClick={() => win.zoom(frame.map, 1.5, height / 2)}>
          +
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => win.zoom(frame.map, 1 / 1.5, height / 2)}>
          −
        </button>
      </div>
      {scale === 'ordinal' && (
        <p className={styles.notToScale}>not to scale: every event is as far from the next</p>
      )}
      {note !== '' && <p className={styles.note}>{note}</p>}
      {!win.following && (
        <button type="button" className={styles.back} onClick={win.follow}>
          Back to now
        </button>
      )}
    </>
  );
}

const keyOrNone = (thing: Thing | null): string => (thing === null ? '' : keyOf(thing));

/** The selected packet, if it is one and the trace has it. */
function chosenPacket(trace: Trace, selection: Selection | null): ArrowFacts | null {
  const row = selection?.kind === 'packet' ? trace.table('packet.sent').rowOfSeq(selection.seq) : -1;
  return row < 0 ? null : factsOf(trace, row);
}
