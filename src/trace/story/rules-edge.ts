import { type Explanation, of } from './explanation.ts';

/** What stands between clients and servers. */
export const EDGE_RULES: readonly Explanation[] = [
  of(
    'layer 4',
    'A load balancer that passes packets on. It chooses a server when it sees a connection’s SYN, and every later packet goes there: TCP and TLS end at the server, so it can neither answer for one nor tell requests apart. What it does not know, it resets.',
    'AWS Network Load Balancer; Linux IPVS',
    'Its own capacity: it passes packets on in no time.',
  ),
  of(
    'layer 7',
    'A load balancer that passes requests on. The client’s TCP and TLS end here, and each request goes to a server over connections that are kept open. So it can choose for each request, keep a client at its server by a cookie, and answer itself: 502 for a server that refuses or dies, 503 where none is healthy, 504 where none answers in time.',
    'RFC 9110 §15.6.3–15.6.5; HAProxy configuration manual; AWS Application Load Balancer',
    'A second try at another server; slow readers.',
  ),
  of(
    'hop-by-hop fields',
    'Some fields of a request are for the next machine only: Connection, and whatever it names. A proxy leaves them out of what it passes on. Upgrade is one of them, so a WebSocket gets through only where the proxy asks for it anew, and becomes a tunnel after the 101. Else the server sees a plain GET, and says so: 426. What TLS carries from end to end nobody between can read or leave out: wss passes where ws does not.',
    'RFC 9110 §7.6.1, §7.8; RFC 6455 §4.1; nginx, WebSocket proxying; ws 8.21 for the 426',
    'nginx before 1.29.7 also closes its connection to the server behind each answer.',
  ),
  of(
    'interception proxy',
    'A proxy that nobody has chosen: a company’s or a carrier’s network leads what goes to port 80 to it. There it reads the requests, ends the clients’ connections, and opens its own to where they meant to go. So it can leave Upgrade out, answer itself, or hold a response back. What goes to port 443 is TLS, of which it has no key: it can let the packets pass or not, and mostly lets them. That is why wss gets through where ws does not. A proxy that clients are told of is another thing: they ask it for a tunnel with CONNECT, for ws too, and it may refuse that to any port but 443.',
    'RFC 9110 §3.7, §7.6.1, §7.8, §9.3.6; RFC 6455 §4.1; Squid 6: http_upgrade_request_protocols, read_timeout; Envoy: 403 without upgrade_configs',
    'Its CPU time, its cache, a second try at a server, its closing of idle connections to servers (Squid: after a minute); proxies that break TLS open with a certificate of their own.',
  ),
  of(
    'health checks',
    'Each server is asked at intervals. After so many failures in a row it gets nothing new, after so many successes it does again; until then it keeps its share, and clients meet the failure first. A check of the port passes while the kernel lives, whatever its process does.',
    'HAProxy: inter, fall, rise; AWS: UnhealthyThresholdCount, HealthyThresholdCount',
    'Checks by what happens to real requests (outlier detection).',
  ),
  of(
    'first byte and last byte',
    'After its request a response takes until its first byte comes: the way there and back, the server’s work, and how long it lets the client wait. Its last byte comes later by what the link needs for the rest, and where there is more than ten segments of it, by round trips in which TCP may send twice as much each time. Content-Length or the last chunk says which byte it is; an event stream has none. Behind TLS nothing can be read before a record, up to 16 kB, is whole.',
    'Resource Timing: responseStart, responseEnd; RFC 9110 §8.6; RFC 9112 §6.3, §7.1; RFC 5681 §3.1; RFC 8446 §5.1',
    'Informational responses before the final one, such as 103, and servers that make records smaller on purpose.',
  ),
  of(
    'streaming and buffering',
    'A response may be used from its first byte on (streaming) or only once it is whole. For an answer that ends, that is a matter of its size; an event stream never ends, and a proxy that collects bytes before it passes them on holds events back until there are enough.',
    'RFC 9112 §7.1 (chunked); nginx: proxy_buffering, proxy_buffer_size; edge.loadBalancer.bufferBytes and edge.proxy.responses in the scenario',
  ),
  of(
    'thread per request',
    'A server with a pool of threads gives one to each request, until its answer is complete. A request that is held, a stream and a WebSocket keep theirs while nothing happens; once all are taken, everybody else waits, however little they ask for. An event loop keeps a few bytes for whoever waits, and no thread.',
    'Apache Tomcat 10.1 (HTTP Connector, maxThreads; Executor, maxQueueSize); Apache HTTP Server 2.4 (MaxRequestWorkers); Node.js (The Node.js Event Loop)',
    'What threads cost in memory and switches. A thread whose client is gone is free at once.',
  ),
];
