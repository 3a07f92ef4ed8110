import type { Network } from './contract/network.ts';
import type { Sim } from './contract/sim.ts';
import type { Hop } from './hop/hop.ts';
import type { PlaceHost } from './hop/place-host.ts';
import type { AppServer } from './server/app-server.ts';

/** The servers as faults find them: each is its application, its ports, and its place in hop 2. */
export class Fleet {
  readonly #sim: Sim;
  readonly #servers: readonly AppServer[];
  readonly #network: Network;
  readonly #hop: Hop;
  /** Those that are not there before they join, and those that give their clients away. */
  readonly #absent: Set<number>;
  readonly #draining = new Set<number>();

  /** @param absent servers that are yet to join, by number */
  constructor(sim: Sim, servers: readonly AppServer[], network: Network, hop: Hop, absent: Iterable<number>) {
    this.#sim = sim;
    this.#servers = servers;
    this.#network = network;
    this.#hop = hop;
    this.#absent = new Set(absent);
  }

  /** Everybody who is there listens. */
  start(): void {
    this.#servers.forEach((server, number) => {
      if (!this.#absent.has(number)) this.#network.listen(number, server);
      else {
        server.up = false;
        this.#place(number).up = false;
      }
    });
  }

  /** The process dies. */
  crash(server: number): void {
    if (this.#absent.has(server)) return;
    this.#app(server).crash();
    this.#network.kill(server);
    this.#hop.crash(this.#place(server));
  }

  restart(server: number): void {
    const app = this.#app(server);
    if (this.#absent.has(server) || app.up) return;
    app.restart();
    this.#network.listen(server, app);
    this.#hop.restart(this.#place(server));
    if (this.#draining.has(server)) this.drain(server, 0);
  }

  /** One that was not there before begins. */
  join(server: number): void {
    if (this.#absent.delete(server)) this.restart(server);
  }

  pause(server: number, paused: boolean): void {
    this.#app(server).pause(paused);
    this.#place(server).pause(paused);
  }

  /**
   * It takes no new connections, and gives its clients away.
   * @param spreadMs over how long they are told to connect anew, one after the other
   */
  drain(server: number, spreadMs: number): void {
    this.#draining.add(server);
    const app = this.#app(server);
    if (!app.up) return;
    this.#network.refuse(server);
    this.#hop.backplane.drains?.(this.#place(server), true);
    app.clients.forEach((client, turn, { length }) => {
      this.#sim.later(Math.round((spreadMs * 1000 * turn) / length), () => {
        if (this.#draining.has(server)) app.sendAway(client, 'the server drains');
      });
    });
  }

  /** It takes connections again. */
  undrain(server: number): void {
    this.#draining.delete(server);
    const app = this.#app(server);
    if (!app.up) return;
    this.#network.listen(server, app);
    this.#hop.backplane.drains?.(this.#place(server), false);
  }

  /** Whether a client that connects to a server is to stay. */
  keeps(server: number, client: number): boolean {
    return !this.#draining.has(server) && (this.#hop.backplane.keeps?.(this.#place(server), client) ?? true);
  }

  #app(server: number): AppServer {
    return this.#servers[server] as AppServer;
  }

  #place(server: number): PlaceHost {
    return this.#hop.places[server] as PlaceHost;
  }
}
