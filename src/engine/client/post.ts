import type { HttpClient } from '../contract/http.ts';

/** What a POST has beyond a plain GET: Content-Type, Content-Length, Origin; the body comes on top. */
const POST_EXTRA_BYTES = 96;

/**
 * Brings a message to the server in a request of its own; it shares the client's connections.
 * @param over told if the server does not answer, whether or not it has it
 */
export function postMessage(
  http: HttpClient,
  client: number,
  message: number,
  bytes: number,
  over: (reason: string) => void,
): void {
  http.request(
    {
      what: 'http.post',
      bytes: POST_EXTRA_BYTES + bytes,
      content: { transport: 'http', client, rooms: [], cursor: 0, post: message },
      keepAlive: true,
      probes: null,
      pool: 'http',
      once: true,
    },
    {
      // Somebody on the way answers in the server's place.
      head: ({ status }) => {
        if (status >= 400) over(`answered with ${status}`);
      },
      part() {},
      end() {},
      failed: over,
    },
  );
}
