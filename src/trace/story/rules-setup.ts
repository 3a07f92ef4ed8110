import { type Explanation, of } from './explanation.ts';

/** What comes before the first request: names, keys, a free connection. */
export const SETUP_RULES: readonly Explanation[] = [
  of(
    'DNS cache',
    'An answer is good for as long as its time to live (TTL) says. Until then a connection begins with TCP; after it, the name is asked for again first. Who moves to another network forgets what was cached there.',
    'RFC 1035 §3.2.1, RFC 2181 §8; Chromium keeps what the system’s resolver says for 60 s (HostResolver)',
    'The resolver’s own cache and the servers behind it: a lookup takes the same time always.',
  ),
  of(
    'UDP',
    'A datagram is sent once, and that is all: no handshake, no acknowledgement, no order. What is lost holds up nothing that comes behind it, and is repeated by nobody but the application, which needs a timer of its own for that.',
    'RFC 768; for DNS: RFC 1035 §4.2.1',
    'Datagrams other than those of DNS; their loss is network.dns.lossPct, whatever the access link loses.',
  ),
  of(
    'TLS handshake',
    'Keys are agreed on and the server shows its certificate, before the first byte of the application. TLS 1.3 takes one round trip, since the client sends its share of the key at once; TLS 1.2 takes two.',
    'RFC 8446 §2; RFC 5246 §7.3',
    'Certificates of clients; their revocation; a second try with another group of keys (HelloRetryRequest).',
  ),
  of(
    'DNS retry',
    'A query without an answer is repeated after 5 s, for as long as it takes. Whether the query was lost, or its answer, or the name server is down cannot be told from here.',
    'resolv.conf(5): timeout; RFC 1035 §4.2.1',
    'Several name servers; a browser’s own resolver. glibc gives up after two queries (attempts), with EAI_AGAIN, and the application would have to ask again.',
  ),
  of(
    'TLS resumption',
    'Who comes back with a ticket skips the certificate: the server computes less, and TLS 1.2 saves a round trip. TLS 1.3 takes one round trip either way.',
    'RFC 8446 §2.2',
    '0-RTT data.',
  ),
  of(
    'six connections',
    'A browser opens at most six HTTP/1.1 connections to an origin, and each event stream keeps one for itself. The seventh waits until one is free.',
    'RFC 9112 §9.4; Chromium, measured',
    'HTTP/2, where streams share a connection.',
  ),
];
