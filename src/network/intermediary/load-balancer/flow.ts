import { PACKET, type Packet, type Path, type Receiver, type Stream } from '../contract.ts';

/** The two ways between a client and the balancer. */
export interface Access {
  out: Path;
  back: Path;
}

/** What a flow needs of its balancer. */
export interface FlowHome {
  fromClient(flow: Flow, packet: Packet): void;
  fromServer(flow: Flow, far: FarEnd, packet: Packet): void;
}

/** The server's side of a flow: which server, and its end of the connection. */
export interface FarEnd {
  server: number;
  end: Receiver;
}

/** A client's connection as a layer-4 balancer sees it: packets of one pair of addresses and ports. */
export class Flow implements Path {
  readonly client: number;
  readonly address: number;
  readonly access: Access;
  /** The client's end. Set before its first packet arrives. */
  stream: (Stream & Receiver) | null = null;
  /** null: not known to the balancer (any more). */
  far: FarEnd | null = null;
  /** The server that was chosen last. */
  server = -1;
  lastUs = 0;
  readonly #home: FlowHome;
  readonly #arrival: Receiver;
  /** FINs that passed: 1 from the client, 2 from the server. */
  #finished = 0;

  constructor(home: FlowHome, client: number, address: number, access: Access) {
    this.#home = home;
    this.client = client;
    this.address = address;
    this.access = access;
    this.#arrival = { receive: (packet) => home.fromClient(this, packet) };
  }

  /** The client's way out: as far as the balancer, which decides where to. */
  send(packet: Packet): void {
    this.access.out.send(packet, this.#arrival);
  }

  /** The way back of a server's end: over `path` to the balancer, which knows whose packet it is. */
  wayBack(path: Path, far: FarEnd): Path {
    const arrival: Receiver = { receive: (packet) => this.#home.fromServer(this, far, packet) };
    return { send: (packet) => path.send(packet, arrival) };
  }

  /** Takes note of how a connection ends. @returns whether it is over with this packet */
  ends(packet: Packet, fromServer: boolean): boolean {
    if (packet.what & PACKET.FIN) this.#finished |= fromServer ? 2 : 1;
    return (packet.what & PACKET.RST) !== 0 || this.#finished === 3;
  }
}
