import type { PlayActions } from '../../pages/play/model.ts';
import type { ScenarioInput } from '../../scenarios/validate.ts';
import { TRANSPORT_ORDER } from '../scenario-model.ts';
import { addFault, faultOf, removeFault, retimeFault } from './faults.ts';
import { setClients, setOption, toggleTransport } from './groups.ts';
import { setNetwork } from './network.ts';
import { setArrivals, setBytes } from './traffic.ts';

export type Change = (scenario: ScenarioInput) => ScenarioInput;

/** What a person can change of the scenario; what follows from a change is up to whoever extends this. */
export abstract class ScenarioEdits {
  /** @param key changes with the same key, one soon after the other, are one step of the history; '': never */
  protected abstract edit(key: string, change: Change): void;
  /** Where the playhead stands, in whole µs. */
  protected abstract readonly momentUs: number;

  setNetwork: PlayActions['setNetwork'] = (key, value, target) => {
    const atUs = this.momentUs;
    this.edit(`${key}/${target}/${atUs}`, (scenario) => setNetwork(scenario, key, value, target, atUs));
  };
  toggleTransport = (kind: string) =>
    this.edit('', (scenario) => toggleTransport(scenario, kind, TRANSPORT_ORDER));
  setClients = (group: string, count: number) =>
    this.edit(`clients/${group}`, (scenario) => setClients(scenario, group, count));
  setOption: PlayActions['setOption'] = (group, place, key, value) =>
    this.edit(`${place}.${key}/${group}`, (scenario) => setOption(scenario, group, place, key, value));
  setSeed = (seed: number) => this.edit('seed', (scenario) => ({ ...scenario, seed }));
  setTls: PlayActions['setTls'] = (tls) =>
    this.edit('', (scenario) => ({ ...scenario, edge: { ...scenario.edge, tls } }));
  setArrivals: PlayActions['setArrivals'] = (kind, perSecond) =>
    this.edit('arrivals', (scenario) => setArrivals(scenario, kind, perSecond));
  setBytes = (bytes: number) => this.edit('bytes', (scenario) => setBytes(scenario, bytes));
  addFault: PlayActions['addFault'] = (offer) =>
    this.edit('', (scenario) => addFault(scenario, faultOf(offer, this.momentUs)));
  retimeFault: PlayActions['retimeFault'] = (index, times) =>
    this.edit(`fault/${index}`, (scenario) => retimeFault(scenario, index, times));
  removeFault = (index: number) => this.edit('', (scenario) => removeFault(scenario, index));
}
