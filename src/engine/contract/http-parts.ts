import type { RequestContent, ResponseContent } from './http.ts';

/** What travels on an HTTP connection as the content of a unit. */
export type HttpPart =
  | { part: 'request'; content: RequestContent; keepAlive: boolean; upgrade: boolean; cookie?: Cookie }
  /** A whole response: header and body in one. `last` for `Connection: close`. */
  | { part: 'response'; content: ResponseContent; setCookie?: Cookie }
  | { part: 'head'; content: ResponseContent; upgrade: boolean; setCookie?: Cookie }
  | { part: 'chunk'; content: ResponseContent }
  | { part: 'last-chunk' }
  /** After an upgrade, either way. */
  | { part: 'frame'; content: ResponseContent };

/** A part with the name and the size of its unit, by which a proxy can pass it on. */
export type HttpUnit = HttpPart & { what: string; bytes: number };

/** A load balancer's cookie: it names a server. */
export interface Cookie {
  server: number;
  /** What the field `Cookie` with it adds to a request's header. */
  bytes: number;
}
