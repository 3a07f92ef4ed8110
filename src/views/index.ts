/**
 * The views, and all that the app needs of this folder besides `theme/tokens.css`.
 *
 * - {@link Stage}: who sends what to whom, now. Fills its box; upright below 480 px of width.
 * - {@link LatencyStrips}: how long deliveries took so far, by group, on one log axis. Props: + `targetMs`.
 * - {@link CostsTable}: what it cost so far, by group. Two lines a row below 560 px of width.
 * - {@link Ladder}: who sent what to whom, and when, to scale. Fills its box. Props: + `depth`, `scale`, `hosts`, `onSeek`.
 * - {@link Why}: what happened to the selection, and why; a way to each moment. Props: + `onSeek(us)`, `onWhatIf?`.
 * - {@link Now}: what just happened, in words. Props: + `onSeek(us)`.
 * - {@link Timeline}: the run along its time, with faults; a slider. Props: + `onSeek(us)`.
 *
 * Views for the box below the stage; each fills its box, and has a form for a phone's width:
 * - {@link Log}: every record up to now, in words. Props: + `onSeek(us)`.
 * - {@link Packets}: the packets up to now with their header fields. Props: + `onSeek?(us)`.
 * - {@link Machine}: the statechart of the selected client or of what serves it. Props: + `onSeek(us)`.
 * - {@link Waterfall}: the connections so far with their phases.
 */
export { CostsTable, type CostsTableProps } from './costs/costs-table.tsx';
export type { Depth, Scale } from './ladder/depth.ts';
export { Ladder, type LadderProps } from './ladder/ladder.tsx';
export { LatencyStrips, type LatencyStripsProps } from './latency/latency-strips.tsx';
export { Log, type LogProps } from './log/log.tsx';
export { Machine, type MachineProps } from './machine/machine.tsx';
export { Now, type NowProps } from './now/now.tsx';
export { Term } from './now/term.tsx';
export { Packets, type PacketsProps } from './packets/packets.tsx';
export type { Pointing } from './pointing.ts';
export { Stage, type StageProps } from './stage/stage.tsx';
export type { StageLink, StageTouch, Touched } from './stage/touch.ts';
export type { TimelineEdits, TimelineFault } from './timeline/edits.ts';
export { Timeline, type TimelineProps } from './timeline/timeline.tsx';
export type { Playhead, Selection, ViewProps } from './view.ts';
export { Waterfall, type WaterfallProps } from './waterfall/waterfall.tsx';
export { type WhatIf, Why, type WhyProps } from './why/why.tsx';
