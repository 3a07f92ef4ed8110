import type { Trace } from '../../trace/trace.ts';
import type { Playhead, Selection, TimelineFault } from '../../views/index.ts';
import type {
  BranchActions,
  BranchesModel,
  ComparisonModel,
  GhostModel,
  LuckActions,
  LuckModel,
} from './branches/model.ts';
import type { FaultChange, FaultItem, FaultOffer } from './fault-model.ts';
import type { GroupPlace, HopPlace, OptionModel } from './option-model.ts';
import type { ShowActions, ShowProps } from './shown.ts';

export type { FaultChange, FaultItem, FaultKind, FaultOffer } from './fault-model.ts';
export type { GroupPlace, HopPlace, OptionModel } from './option-model.ts';

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

/** What a client's link is like at a moment, by the scenario as it is now. */
export interface LinkModel {
  rttMs: number;
  lossPct: number;
  /** Written instead of the numbers: `300 + 50 ms · 2 %`. */
  text: string;
  /** Faults make it other than it is by itself. */
  changed: boolean;
  /** Which way nothing gets through. */
  cut: '' | 'up' | 'down' | 'both';
}

export interface GroupModel {
  name: string;
  title: string;
  transport: string;
  count: number;
  /** So many it can have, with those that other groups have. */
  mostClients: number;
  options: OptionModel[];
}

export type TopicsKind = 'room' | 'user' | 'cache';

/** Hop 2, and what stands before the servers. */
export interface HopModel {
  /** Kind and title of the backplane. */
  kind: string;
  title: string;
  about: string;
  options: OptionModel[];
  /** All backplanes that there are, as far as that is known already. */
  kinds: { kind: string; title: string; about: string }[];
  /** What messages are published to. */
  topics: TopicsKind;
  topicsOptions: OptionModel[];
  servers: number;
  serversOptions: OptionModel[];
  /** null: clients connect to servers themselves. */
  balancer: { kind: string; options: OptionModel[] } | null;
  /** null: none is on the clients' way. */
  proxy: { kind: string; options: OptionModel[] } | null;
}

export interface PresetItem {
  id: string;
  title: string;
  /** The heading that it is listed under. */
  group: string;
  about: string;
}

/** A link or file that could not be read: what was wrong with it, and the text itself. */
export interface BadInput {
  /** One sentence: where, and what was expected. */
  message: string;
  text: string;
}

export type Tls = 'none' | '1.2' | '1.3';
export type CongestionControl = 'cubic' | 'bbr';
export type Theme = 'system' | 'light' | 'dark';

/** What the controls show of the scenario. */
export interface ScenarioModel {
  title: string;
  about: string;
  seed: number;
  tls: Tls;
  congestionControl: CongestionControl;
  hop: HopModel;
  transports: { kind: string; title: string; on: boolean; last: boolean }[];
  groups: GroupModel[];
  traffic: TrafficModel | null;
  faults: FaultItem[];
  /** The preset it came from, and whether it was changed since; null: it came from a link or a file. */
  preset: { id: string; edited: boolean } | null;
  /** What the links of a group (null: of all) are like at a moment. */
  networkAt(target: string | null, atUs: number): NetworkValues;
  /** What one client's link is like. @param client its name, as the trace has it: `sse/1` */
  linkAt(client: string, atUs: number): LinkModel;
  /** The faults in the order of the scenario, as the timeline shows them. */
  timeline: TimelineFault[];
}

/** How the run behind the picture is going. */
export interface RunModel {
  state: 'simulating' | 'done' | 'stopped' | 'failed';
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
  /** How much of a stretch without events was skipped a moment ago, µs. */
  readonly skippedUs: number;
}

/** What a person can do on this page. */
export interface PlayActions extends ShowActions {
  readonly branches: BranchActions;
  readonly luck: LuckActions;
  toggle(): void;
  step(by: 1 | -1): void;
  seek(atUs: number): void;
  setSpeed(speed: number | null): void;
  select(selection: Selection | null): void;
  setNetwork(key: NetworkKey, value: number | null, target: string | null): void;
  toggleTransport(kind: string): void;
  setClients(group: string, count: number): void;
  setOption(group: string, place: GroupPlace, key: string, value: OptionModel['value']): void;
  /** The list of backplanes is about to be shown. */
  wantKinds(): void;
  /** Another backplane under the same load. */
  setBackplane(kind: string): void;
  setServers(count: number): void;
  setTopics(kind: TopicsKind): void;
  /** @param kind null: none */
  setBalancer(kind: string | null): void;
  setProxy(kind: string | null): void;
  setHopOption(place: HopPlace, key: string, value: OptionModel['value']): void;
  setSeed(seed: number): void;
  setTls(tls: Tls): void;
  setCongestionControl(control: CongestionControl): void;
  setArrivals(kind: Exclude<ArrivalsKind, 'at'>, perSecond: number): void;
  setBytes(bytes: number): void;
  addFault(offer: FaultOffer): void;
  retimeFault(index: number, times: { atMs?: number; forMs?: number | null }): void;
  changeFault(index: number, change: FaultChange): void;
  /** Moves faults in time, all by the same. */
  shiftFaults(indexes: readonly number[], byMs: number): void;
  /** Makes a fault end later, or earlier. */
  lengthenFault(index: number, byMs: number): void;
  /** Ends a fault that is in force where the playhead stands. */
  endFault(index: number): void;
  removeFault(index: number): void;
  removeFaults(indexes: readonly number[]): void;
  /** Changes the link of one client from a moment on. @param client its name */
  setLink(client: string, key: 'rttMs' | 'lossPct', value: number, atUs: number): void;
  /** Ends whatever cuts the link of a client where the playhead stands. */
  mendLink(client: string): void;
  /** Somebody types as the first publisher: now, or 40 ms after the last keystroke while time stands still. */
  type(text: string): void;
  /** Takes the last keystroke back. */
  untype(): void;
  /** A fault is to be put onto the timeline by hand; null: not any more. */
  place(offer: FaultOffer | null): void;
  pause(): void;
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
  /** Ends the simulation where it is; what is known stays. */
  stop(): void;
  setTheme(theme: Theme): void;
  showKeys(shown: boolean): void;
  /** Loads the newer build of the page. */
  renew(): void;
  postponeRenewal(): void;
}

export interface PlayProps extends ShowProps {
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
  keysShown: boolean;
  /** A newer build of the page is there, and is loaded when somebody says so. */
  renewable: boolean;
  speeds: readonly (number | null)[];
  targetMs: number | null;
  /** What is to be put onto the timeline by hand. */
  placing: FaultOffer | null;
  branches: BranchesModel;
  /** The earlier run that is drawn beside the current one. */
  ghost: GhostModel | null;
  /** Two runs side by side, message by message. */
  comparison: ComparisonModel | null;
  luck: LuckModel;
  actions: PlayActions;
}
