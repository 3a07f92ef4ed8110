import type { PlayActions } from '../../pages/play/model.ts';
import type { ScenarioInput } from '../../scenarios/validate.ts';
import { TRANSPORT_ORDER } from '../scenario-model.ts';
import type * as changes from './changes.ts';
import { Typist } from './typing.ts';

/** A change, made by what the rules bring along. */
export type Change = (scenario: ScenarioInput, by: typeof changes) => ScenarioInput;

/** What a person can change of the scenario; what follows from a change is up to whoever extends this. */
export abstract class ScenarioEdits {
  /**
   * @param key changes with the same key, one soon after the other, are one step of the history; '': never
   * @param ofParts whether what the scenario is made of changes: faults may lose what they are about, which is said
   */
  protected abstract edit(key: string, change: Change, ofParts?: boolean): void;
  protected abstract readonly player: {
    readonly playing: boolean;
    readonly endUs: number;
    seek(atUs: number): void;
  };
  protected abstract takeOver(): void;
  abstract undo(): void;
  abstract readonly store: {
    getState(): { scenario: ScenarioInput; past: readonly { scenario: ScenarioInput }[] };
  };
  readonly #typist = new Typist();
  /** Where the playhead stands, in whole µs. */
  protected abstract readonly momentUs: number;

  setNetwork: PlayActions['setNetwork'] = (key, value, target) => {
    const atUs = this.momentUs;
    this.edit(`${key}/${target}/${atUs}`, (scenario, by) =>
      by.setNetwork(scenario, key, value, target, atUs),
    );
  };
  toggleTransport = (kind: string) =>
    this.edit('', (scenario, by) => by.toggleTransport(scenario, kind, TRANSPORT_ORDER));
  setClients = (group: string, count: number) =>
    this.edit(`clients/${group}`, (scenario, by) => by.setClients(scenario, group, count));
  setOption: PlayActions['setOption'] = (group, place, key, value) =>
    this.edit(`${place}.${key}/${group}`, (scenario, by) => by.setOption(scenario, group, place, key, value));
  setBackplane = (kind: string) => this.edit('', (scenario, by) => by.setBackplane(scenario, kind), true);
  setServers = (count: number) =>
    this.edit('servers', (scenario, by) => by.setServers(scenario, count), true);
  setTopics: PlayActions['setTopics'] = (kind) =>
    this.edit('', (scenario, by) => by.setTopics(scenario, kind));
  setBalancer: PlayActions['setBalancer'] = (kind) =>
    this.edit('', (scenario, by) => by.setBalancer(scenario, kind), true);
  setProxy: PlayActions['setProxy'] = (kind) =>
    this.edit('', (scenario, by) => by.setProxy(scenario, kind), true);
  setHopOption: PlayActions['setHopOption'] = (place, key, value) =>
    this.edit(`${place}.${key}`, (scenario, by) => by.setHopOption(scenario, place, key, value), true);
  setSeed = (seed: number) => this.edit('seed', (scenario) => ({ ...scenario, seed }));
  setTls: PlayActions['setTls'] = (tls) =>
    this.edit('', (scenario) => ({ ...scenario, edge: { ...scenario.edge, tls } }));
  setCongestionControl: PlayActions['setCongestionControl'] = (congestionControl) =>
    this.edit('', (scenario) => ({
      ...scenario,
      network: { ...scenario.network, tcp: { congestionControl } },
    }));
  setArrivals: PlayActions['setArrivals'] = (kind, perSecond) =>
    this.edit('arrivals', (scenario, by) => by.setArrivals(scenario, kind, perSecond));
  setBytes = (bytes: number) => this.edit('bytes', (scenario, by) => by.setBytes(scenario, bytes));
  addFault: PlayActions['addFault'] = (offer) =>
    this.edit('', (scenario, by) => by.addFault(scenario, by.faultOf(offer, this.momentUs)));
  retimeFault: PlayActions['retimeFault'] = (index, times) => this.changeFault(index, times);
  changeFault: PlayActions['changeFault'] = (index, change) =>
    this.edit(`fault/${index}`, (scenario, by) => by.changeFault(scenario, index, change));
  shiftFaults: PlayActions['shiftFaults'] = (indexes, byMs) =>
    this.edit(`fault/${indexes}`, (scenario, by) => by.shiftFaults(scenario, indexes, byMs, this.#endMs));
  lengthenFault: PlayActions['lengthenFault'] = (index, byMs) =>
    this.edit(`fault/${index}`, (scenario, by) => by.lengthenFault(scenario, index, byMs, this.#endMs));
  endFault: PlayActions['endFault'] = (index) =>
    this.edit(`fault/${index}`, (scenario, by) => by.endFault(scenario, index, this.momentUs));
  removeFault = (index: number) => this.removeFaults([index]);
  removeFaults: PlayActions['removeFaults'] = (indexes) =>
    this.edit('', (scenario, by) => by.removeFaults(scenario, indexes));
  setLink: PlayActions['setLink'] = (client, key, value, atUs) =>
    this.edit(`${key}/${client}/${atUs}`, (scenario, by) =>
      by.setLink(scenario, client, key, value, Math.round(atUs)),
    );
  mendLink: PlayActions['mendLink'] = (client) =>
    this.edit('', (scenario, by) =>
      by.mendLink(scenario, [client.split('/')[0] ?? '', client], this.momentUs),
    );

  type: PlayActions['type'] = (text) => {
    const { playing, endUs } = this.player;
    const atUs = this.#typist.next(this.momentUs, playing, endUs);
    const { scenario } = this.store.getState();
    this.edit('', (now, by) => by.addFault(now, { kind: 'publish', atMs: atUs / 1000, text }));
    if (playing || this.store.getState().scenario === scenario) return; // refused, and said so
    // Where time stands still it goes on by keystrokes, so that each character is seen to leave.
    this.takeOver();
    this.player.seek(atUs);
    this.#typist.taken(atUs);
  };
  untype = () => {
    const { scenario, past } = this.store.getState();
    const before = past.at(-1)?.scenario;
    const typed = scenario.faults?.at(-1)?.kind === 'publish';
    if (typed && (before?.faults?.length ?? 0) === (scenario.faults?.length ?? 0) - 1) this.undo();
  };

  get #endMs(): number {
    return this.player.endUs / 1000;
  }
}
