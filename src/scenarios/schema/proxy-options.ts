import type { Fields } from './fields.ts';
import { LIMITS } from './limits.ts';

const TIMEOUT = { type: 'number', unit: 'ms', min: 10, max: LIMITS.durationMs } as const;
const SQUID = 'Squid 6, configuration directives';

const INTERCEPTING = {
  upgrade: {
    type: 'choice',
    values: ['removed', 'refused', 'passed'],
    default: 'removed',
    about:
      'What becomes of a WebSocket’s Upgrade. The field is for one connection alone, so a proxy that does not know the ' +
      'protocol leaves it out: the server sees a plain GET and answers 426. Or the proxy answers 403 itself. Either way ' +
      'the WebSocket fails, while polling, long polling and SSE are plain requests, and pass.',
    source:
      `${SQUID}: http_upgrade_request_protocols, header dropped unless a rule allows it (since Squid 5; before that ` +
      'always); Envoy answers 403 where no upgrade_configs allows it; RFC 9110 §7.6.1, §7.8',
  },
  responses: {
    type: 'choice',
    values: ['streamed', 'buffered'],
    default: 'streamed',
    about:
      'Whether each part of a response is passed on when it comes, or nothing before all of it is there, as where it is ' +
      'scanned for viruses first. An event stream is never complete: nothing of it comes through.',
    source: `${SQUID}: what comes is passed on at once; a content scanner behind it (ICAP, RFC 3507) may hold it all`,
  },
  connectTimeoutMs: {
    ...TIMEOUT,
    default: 60_000,
    about: 'A server that has not accepted its connection after this is answered for with a 503.',
    source: `${SQUID}: connect_timeout 1 minute`,
  },
  idleTimeoutMs: {
    ...TIMEOUT,
    default: 900_000,
    about:
      'How long it waits between two pieces of a response, and on a tunnel for anything. An answer that has not begun ' +
      'becomes a 504, one that has is cut off, a tunnel is closed. Many a carrier has far less.',
    source: `${SQUID}: read_timeout 15 minutes`,
  },
  keepAliveTimeoutMs: {
    ...TIMEOUT,
    default: 120_000,
    about: 'A client’s connection on which nobody asks anything is closed after this.',
    source: `${SQUID}: client_idle_pconn_timeout 2 minutes`,
  },
} as const satisfies Fields;

/** `edge.proxy`, by kind. */
export const PROXY_KINDS = {
  intercepting: {
    about:
      'Takes what goes to port 80, as companies and mobile carriers have it, without the clients’ knowing (RFC 9110 ' +
      '§3.7). With edge.tls "none" it reads the requests: clients’ TCP ends here, and each request goes on to the address ' +
      'that was meant, or to the load balancer, over connections of its own. What goes to port 443 is TLS: it can only ' +
      'pass the packets on, and is as if it were not there, so that a WebSocket gets through. It stands where the access ' +
      'links end; all clients have its address behind it. Follows Squid. Left out: its CPU time, its cache, a second try. ' +
      'A proxy that clients are told of is asked for a tunnel with CONNECT (RFC 6455 §4.1), and is another kind.',
    fields: INTERCEPTING,
  },
} as const;
