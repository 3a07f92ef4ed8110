import type { Trace } from '../../trace/trace.ts';
import type { Playhead, Selection } from '../../views/index.ts';

/** Options of the access links that the Network panel controls. */
export type NetworkKey = 'rttMs' | 'jitterMs' | 'lossPct' | 'rateKbps';
export type NetworkValues = Record<NetworkKey, NetworkValue>;

export interface NetworkValue {
  /** null: unlimited, where that makes sense. */
  value: number | null;
  /** Written instead of the value where one number does not say it: groups differ, loss comes in bursts. */
  instead: string | null;
}

export type ArrivalsKind = 'periodic' | 'poisson' | 'burst' | 'at';

export interface TrafficModel {
  kind: ArrivalsKind;
  /** null: at given moments, so there is no rate. */
  perSecond: number | null;
  bytes: number;
  publisher: string;
  /** Publishers besides the one that the controls change. */
  others: number;
}

/** A fault that a button adds: at the playhead, unless it says another moment. */
export interface FaultOffer {
  kind: 'link-down' | 'loss-burst' | 'server-crash' | 'client-disconnect' | 'packet-drop' | 'dns-down';
  label: string;
  target: string | null;
  atUs?: number;
  direction?: 'up' | 'down';
  packet?: 'syn' | 'synack' | 'data' | 'any';
  nth?: number;
}

export interface FaultItem {
  /** Its place in the scenario. */
  index: number;
  title: string;
  atMs: number;
  /** null: until the end, or in an instant. */
  forMs: number | null;
  hasLength: boolean;
}

export interface GroupModel {
  name: string;
  title: string;
  transport: string;
  count: number;
  options: OptionModel[];
}

/** One option of a group's transport, or of how it reconnects, with its control. */
export interface OptionModel {
  place: 'transport' | 'reconnect';
  key: string;
  about: string;
  value: number | string | boolean | null;
  control:
    | { type: 'number'; unit: string; min: number; max: number; integer: boolean; orNull: string | null }
    | { type: 'choice'; values: readonly string[] }
    | { type: 'flag' };
}

export interface PresetItem {
  id: string;
  title: string;
  about: string;
}

/** A link or file that could not be read: what was wrong with it, and the text itself. */
export interface BadInput {
  /** One sentence: where, and what was expected. */
  message: string;
  text: string;
}

export type Tls = 'none' | '1.2' | '1.3';
export type Theme = 'system' | 'light' | 'dark';

/** What the controls show of the scenario. */
export interface ScenarioModel {
  title: string;
  about: string;
  seed: number;
  tls: Tls;
  backplane: string;
  servers: number;
  transports: { kind: string; title: string; on: boolean; last: boolean }[];
  groups: GroupModel[];
  traffic: TrafficModel | null;
  faults: FaultItem[];
  /** The preset it came from, and whether it was changed since; null: it came from a link or a file. */
  preset: { id: string; edited: boolean } | null;
  /** What the links of a group (null: of all) are like at a moment. */
  networkAt(target: string | null, atUs: number): NetworkValues;
}

/** How the run behind the picture is going. */
export interface RunModel {
  state: 'simulating' | 'done' | 'failed';
  failure: string | null;
  /** Records that were not kept; the report counts them all the same. */
  omitted: number;
  knownUntilUs: number;
}

/** The player, as the bar at the bottom shows it. */
export interface PlayerModel extends Playhead {
  readonly chosenSpeed: number | null;
  readonly waiting: boolean;
  readonly atEnd: boolean;
  readonly endUs: number;
}

/** What a person can do on this page. */
export interface PlayActions {
  toggle(): void;
  step(by: 1 | -1): void;
  seek(atUs: number): void;
  setSpeed(speed: number | null): void;
  select(selection: Selection | null): void;
  setNetwork(key: NetworkKey, value: number | null, target: string | null): void;
  toggleTransport(kind: string): void;
  setClients(group: string, count: number): void;
  setOption(group: string, place: OptionModel['place'], key: string, value: OptionModel['value']): void;
  setSeed(seed: number): void;
  setTls(tls: Tls): void;
  setArrivals(kind: Exclude<ArrivalsKind, 'at'>, perSecond: number): void;
  setBytes(bytes: number): void;
  addFault(offer: FaultOffer): void;
  retimeFault(index: number, times: { atMs?: number; forMs?: number | null }): void;
  removeFault(index: number): void;
  /** The list of presets is about to be shown. */
  wantPresets(): void;
  choosePreset(id: string): void;
  backToPreset(): void;
  undo(): void;
  redo(): void;
  share(): void;
  openText(text: string, from: string): void;
  save(): void;
  copy(text: string): void;
  dismiss(): void;
  restart(): void;
  setTheme(theme: Theme): void;
  showKeys(shown: boolean): void;
}

export interface PlayProps {
  scenario: ScenarioModel;
  presets: readonly PresetItem[];
  trace: Trace;
  run: RunModel;
  player: PlayerModel;
  selection: Selection | null;
  reducedMotion: boolean;
  theme: Theme;
  canUndo: boolean;
  canRedo: boolean;
  badInput: BadInput | null;
  /** A short word of confirmation, such as “Link copied”. */
  toast: string | null;
  /** What a screen reader is told. */
  announcement: string;
  keys: readonly { keys: string; does: string }[];
  keysShown: boolean;
  speeds: readonly (number | null)[];
  targetMs: number | null;
  actions: PlayActions;
}
