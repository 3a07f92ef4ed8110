import type { HttpClient } from '../contract/http.ts';
import type { CloseReason } from '../contract/stream.ts';
import { postMessage } from './post.ts';

/** How a connection ended, for the reason of a loss. */
const WORDS: Record<CloseReason, string> = {
  finished: 'the connection was closed',
  reset: 'the connection was reset',
  'timed out': 'the connection timed out',
  refused: 'nobody took the connection',
  aborted: 'the client gave the connection up',
  unreachable: 'the client left its network',
};

/** What the writes of clients need of what is around them. */
export interface WritesHome {
  /** Calls back once nothing can arrive any more of what a client sent on connections that are over. */
  settled(client: number, then: () => void): void;
  /** @param place where the message ended; -1: between the client and a server */
  lose(message: number, place: number, reason: string): void;
}

/**
 * What clients have written and no server's application has taken yet. It is lost with the server that it was on its way
 * to, or with the connection that it was written on: nobody repeats it.
 */
export class Writes {
  readonly #home: WritesHome;
  /** All that may still reach a server. */
  readonly #under = new Set<number>();
  /** Those of them that were written on the socket that each client has, oldest first. */
  readonly #open = new Map<number, Set<number>>();
  /** The server that serves a client. */
  readonly #serverOf: number[] = [];

  constructor(home: WritesHome) {
    this.#home = home;
  }

  /** A client brings a message in a request of its own. @param bytes of the message */
  post(http: HttpClient, client: number, message: number, bytes: number): void {
    this.#under.add(message);
    postMessage(http, client, message, bytes, (reason) =>
      this.ended(client, message, `POST failed: ${reason}`),
    );
  }

  /** A client wrote a message on its socket. */
  write(client: number, message: number): void {
    this.#under.add(message);
    const open = this.#open.get(client);
    if (open === undefined) this.#open.set(client, new Set([message]));
    else open.add(message);
  }

  /** A server's application has a message. */
  took(client: number, message: number): void {
    this.#under.delete(message);
    this.#open.get(client)?.delete(message);
  }

  /** A server serves a client from now on. */
  serves(server: number, client: number): void {
    this.#serverOf[client] = server;
  }

  /** A process died: what was on its way to it will find nobody. */
  died(server: number): void {
    for (const [client, open] of this.#open) {
      if (this.#serverOf[client] !== server) continue;
      for (const message of open) {
        this.#under.delete(message);
        this.#home.lose(message, server, 'the server crashed before it had it');
      }
      open.clear();
    }
  }

  /** The connection that a client wrote on is over. */
  over(client: number, reason: CloseReason): void {
    const open = this.#open.get(client);
    if (open === undefined || open.size === 0) return;
    this.#open.set(client, new Set());
    for (const message of open) this.ended(client, message, WORDS[reason]);
  }

  /** Whatever brought a message is over: it is lost unless it is taken while the rest lands. */
  ended(client: number, message: number, reason: string): void {
    this.#home.settled(client, () => {
      if (this.#under.delete(message)) this.#home.lose(message, -1, reason);
    });
  }
}
