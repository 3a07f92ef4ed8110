import type {
  HttpListener,
  RequestContent,
  ResponseContent,
  ServerExchange,
} from '../../engine/contract/http.ts';
import type { HttpPart, HttpUnit } from '../../engine/contract/http-parts.ts';
import type { Sim } from '../../engine/contract/sim.ts';
import type { CloseReason, Stream, StreamOwner } from '../../engine/contract/stream.ts';
import { chunkOverheadBytes, type HeaderSizes, LAST_CHUNK_BYTES, UPGRADE_RESPONSE_BYTES } from './sizes.ts';

export interface HttpServerOptions {
  sizes: HeaderSizes;
  /** How long a connection may idle between requests, µs; Node closes it after 5 s. */
  keepAliveTimeoutUs: number;
}

type RequestPart = Extract<HttpPart, { part: 'request' }>;

const LAST_CHUNK: HttpUnit = { part: 'last-chunk', what: 'http.last-chunk', bytes: LAST_CHUNK_BYTES };

/** The server's end of one HTTP/1.1 connection. */
export class ServerConnection implements StreamOwner {
  /** Set before `opened()`. */
  stream: Stream | null = null;
  readonly sim: Sim;
  readonly options: HttpServerOptions;
  readonly #listener: HttpListener;
  #exchange: Http1Exchange | null = null;
  #idleTimer = 0;
  over = false;
  /** Told when this end drops the connection: its stream does not say so. */
  aborted: () => void = () => {};

  constructor(sim: Sim, options: HttpServerOptions, listener: HttpListener) {
    this.sim = sim;
    this.options = options;
    this.#listener = listener;
  }

  opened(): void {}

  received(unit: number): void {
    const part = this.sim.units.take(unit) as HttpPart;
    if (this.over) return;
    if (part.part === 'request') {
      this.sim.kernel.cancel(this.#idleTimer);
      this.#exchange = new Http1Exchange(this, part);
      this.#listener.request(this.#exchange);
    } else if (part.part === 'frame') this.#exchange?.owner?.part(part.content);
  }

  ended(): void {
    if (this.over) return;
    const exchange = this.#exchange;
    this.#exchange = null;
    exchange?.leave();
    this.stream?.end();
  }

  closed(_reason: CloseReason): void {
    this.over = true;
    this.sim.kernel.cancel(this.#idleTimer);
    const exchange = this.#exchange;
    this.#exchange = null;
    exchange?.leave();
  }

  /** Writes a part. @param messages in its content, for the record */
  write(part: HttpUnit, messages: readonly number[]): void {
    if (this.over || this.stream === null) return;
    const { what, bytes } = part;
    const { connection } = this.stream;
    const first = messages.length > 0 ? (messages[0] as number) : 0;
    this.stream.write(bytes, this.sim.units.create(connection, 1, what, bytes, part, first, messages.length));
  }

  /** An exchange is complete: the connection waits for the next request, or is closed. */
  done(keepAlive: boolean): void {
    this.#exchange = null;
    if (!keepAlive) this.stream?.end();
    else this.#idleTimer = this.sim.later(this.options.keepAliveTimeoutUs, () => this.stream?.end());
  }
}

class Http1Exchange implements ServerExchange {
  readonly content: RequestContent;
  readonly upgrade: boolean;
  owner: ServerExchange['owner'] = null;
  readonly #connection: ServerConnection;
  #keepAlive: boolean;
  #kind: 'none' | 'chunked' | 'upgrade' = 'none';
  #over = false;

  constructor(connection: ServerConnection, { content, keepAlive, upgrade }: RequestPart) {
    this.#connection = connection;
    this.content = content;
    this.upgrade = upgrade;
    this.#keepAlive = keepAlive;
  }

  get connection(): number {
    return this.#connection.stream?.connection ?? 0;
  }

  respond(what: string, bodyBytes: number, content: ResponseContent): void {
    if (this.#over) return;
    this.#over = true;
    const bytes = Math.max(1, this.#connection.options.sizes.responseBytes + bodyBytes);
    this.#connection.write({ part: 'response', content, what, bytes }, content.messages);
    this.#connection.done(this.#keepAlive);
  }

  head(what: string, kind: 'chunked' | 'upgrade', content: ResponseContent): void {
    if (this.#over) return;
    this.#kind = kind;
    const bytes = kind === 'upgrade' ? UPGRADE_RESPONSE_BYTES : this.#connection.options.sizes.responseBytes;
    this.#connection.write(
      { part: 'head', content, upgrade: kind === 'upgrade', what, bytes },
      content.messages,
    );
  }

  part(what: string, bytes: number, content: ResponseContent): void {
    if (this.#over) return;
    if (this.#kind === 'upgrade')
      this.#connection.write({ part: 'frame', content, what, bytes }, content.messages);
    else {
      const framed = bytes + chunkOverheadBytes(bytes);
      this.#connection.write({ part: 'chunk', content, what, bytes: framed }, content.messages);
    }
  }

  end(): void {
    if (this.#over) return;
    this.#over = true;
    if (this.#kind === 'chunked') {
      this.#connection.write(LAST_CHUNK, []);
      this.#connection.done(this.#keepAlive);
    } else this.#connection.stream?.end();
  }

  abort(): void {
    this.#over = true;
    this.#connection.stream?.abort();
    this.#connection.aborted();
  }

  beLast(): void {
    this.#keepAlive = false;
  }

  /** The connection is gone. */
  leave(): void {
    this.#over = true;
    this.owner?.gone();
  }
}
