import type { CastRow } from './cast.ts';
import type { Curve } from './curve.ts';
import type { FleetForm } from './fleet-form.ts';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface ColumnLabel {
  text: string;
  /** A second part, after a dot, in the same muted ink. */
  detail?: string;
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
}

/** A process of the datacenter, by its number in the header, with its card. */
export interface PlacedHost {
  place: number;
  box: Box;
}

/** Where everything stands. Boxes and curves are in CSS pixels from the top left of the stage. */
export interface StageLayout {
  /** Source on top and straight links to compact rows: for narrow screens. */
  upright: boolean;
  /** One line a card. */
  dense: boolean;
  /** Larger cards with larger type. */
  roomy: boolean;
  labels: ColumnLabel[];
  /** The first publisher's. */
  source: Box;
  /** Those of further publishers that send to hop 2 themselves; the last one stands for all that follow. */
  sources: PlacedHost[];
  /** The backplane's. */
  nodes: PlacedHost[];
  nodeForm: FleetForm;
  servers: { server: number; box: Box }[];
  serverForm: FleetForm;
  /** What stands between servers and clients, if anything does: a balancer, and before it, or alone, a proxy. */
  balancer: Box | null;
  proxy: Box | null;
  /** From the source to each server card, where there is no network between. */
  hop2: Curve[];
  rows: { row: CastRow; box: Box }[];
  /** Index into `rows` of each client. */
  rowOfClient: number[];
  /** Clients that have a row of their own. */
  shown: number;
  /** The way from a server, or from what stands before it, to the row of a client. */
  hop1(server: number, row: number): Curve;
  /** The way from a server to the first thing before it at which packets have a way of their own. */
  inner(server: number): Curve | null;
  /** The way between a load balancer and a proxy. */
  across: Curve | null;
  /** The way of a link of hop 2, from the first of its places; null: it is not on the stage. */
  between(from: number, to: number): Curve | null;
}
