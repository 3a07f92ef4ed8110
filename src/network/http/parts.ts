import type { RequestContent, ResponseContent } from '../../engine/contract/http.ts';

/** What travels on an HTTP connection as the content of a unit. */
export type HttpPart =
  | { part: 'request'; content: RequestContent; keepAlive: boolean; upgrade: boolean }
  /** A whole response: header and body in one. `last` for `Connection: close`. */
  | { part: 'response'; content: ResponseContent }
  | { part: 'head'; content: ResponseContent; upgrade: boolean }
  | { part: 'chunk'; content: ResponseContent }
  | { part: 'last-chunk' }
  /** After an upgrade, either way. */
  | { part: 'frame'; content: ResponseContent };
