import type { Label, Measure } from './label.ts';
import { labelArrow } from './label-arrow.ts';
import { labelSpan } from './label-span.ts';
import type { Arrow, Frame } from './layout.ts';
import type { PlacedSpan } from './place-spans.ts';
import { Taken } from './taken.ts';

export interface Labelling {
  labels: Label[];
  /** Arrows and brackets that found no room for a word. */
  wordless: number;
}

/** With more bars than this, those that are lower than a line of text have no words. */
const MANY_SPANS = 24;
const LOWEST_PX = 12;
/** With more arrows than this none has words: each could be of any. */
const ALL_WORDED = 240;

/**
 * Finds a place for words where they cover neither each other nor a ✕: what was chosen first, then losses and what they
 * cause, then messages, requests, answers and control traffic. What finds none is counted.
 */
export function placeLabels(
  frame: Frame,
  measure: Measure,
  chosen: (thing: { arrow?: Arrow; span?: PlacedSpan }) => boolean,
): Labelling {
  const taken = new Taken(frame.view.width, frame.view.height, measure.scale);
  for (const { y0, y1 } of frame.map.folds) taken.block(0, (y0 + y1) / 2 - 10, frame.view.width, 20);
  for (const { fate, x1, y1 } of frame.arrows) if (fate === 'lost') taken.block(x1 - 6, y1 - 6, 12, 12);
  // What the line of now runs through reads as struck out.
  taken.block(0, frame.nowY - 1, frame.view.width, 2);
  const labels: Label[] = [];
  const said: Arrow[] = [];
  let wordless = 0;
  for (const candidate of inOrder(frame, chosen)) {
    if ('arrow' in candidate && !candidate.chosen && said.some((other) => saysIt(other, candidate.arrow)))
      continue;
    const found =
      'arrow' in candidate
        ? labelArrow(frame, candidate.arrow, candidate.chosen, measure, taken)
        : labelSpan(frame, candidate.span, candidate.chosen, measure, taken);
    if (found === null) wordless++;
    else {
      labels.push(...found);
      if ('arrow' in candidate) said.push(candidate.arrow);
    }
  }
  return { labels, wordless };
}

/** Segments of one message that leave together lie upon each other: one word says what they all are. */
const TOGETHER_PX = 8;

function saysIt(one: Arrow, other: Arrow): boolean {
  const near = Math.abs(one.y0 - other.y0) < TOGETHER_PX && Math.abs(one.y1 - other.y1) < TOGETHER_PX;
  const alike = one.pair === other.pair && one.fate === other.fate && one.x0 === other.x0;
  return near && alike && one.facts.labels[0] === other.facts.labels[0];
}

type Candidate = { chosen: boolean; rank: number } & ({ arrow: Arrow } | { span: PlacedSpan });

const SPAN_RANK: Record<PlacedSpan['kind'], number> = {
  fault: 1,
  held: 1,
  resend: 3,
  kept: 4,
  connect: 4,
  wait: 5,
  dns: 6,
  state: 9,
  timer: 8,
};
const ARROW_RANK = { message: 4, request: 6, response: 6, control: 7 } as const;

function inOrder(
  { arrows, spans, view }: Frame,
  chosen: (thing: { arrow?: Arrow; span?: PlacedSpan }) => boolean,
): Candidate[] {
  const few = arrows.length <= ALL_WORDED;
  const candidates: Candidate[] = [];
  for (const arrow of arrows) {
    const { lost, face } = arrow.facts;
    const rank = lost !== '' && arrow.fate === 'lost' ? 2 : face.again ? 2.5 : ARROW_RANK[face.kind];
    const wanted = chosen({ arrow });
    // What is cut off at an edge misses no word.
    const middle = (arrow.y0 + arrow.y1) / 2;
    const inside = middle > 4 && middle < view.height - 4;
    if (wanted || (inside && few)) candidates.push({ arrow, rank: wanted ? 0 : rank, chosen: wanted });
  }
  for (const span of spans) {
    const wanted = chosen({ span });
    // Beside a bar that is lower than a line of text, whose words they are cannot be told where there are many.
    if (!wanted && spans.length > MANY_SPANS && span.y1 - span.y0 < LOWEST_PX) continue;
    candidates.push({ span, rank: wanted ? 0 : SPAN_RANK[span.kind], chosen: wanted });
  }
  return candidates.sort((a, b) => a.rank - b.rank);
}
