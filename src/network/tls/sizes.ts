/**
 * Sizes of TLS, in bytes on TCP. Flights as OpenSSL 3 and Node 20.20 make them where only that version is allowed, with a
 * short server name, X25519 and an ECDSA P-256 certificate; the certificate's own size is an option. RFC 8446 (1.3),
 * RFC 5246 and RFC 5077 (1.2).
 */
export type TlsVersion = '1.2' | '1.3';

/** A record's header, and for 1.3 the content type and the AEAD tag; for 1.2 explicit nonce and tag (AES-GCM). */
const RECORD_OVERHEAD = { '1.2': 5 + 8 + 16, '1.3': 5 + 1 + 16 } as const;
/** Most plaintext in a record (RFC 8446 §5.1). */
const RECORD_PLAINTEXT = 16384;

/** What `bytes` of application data are on the stream: in records, each with its overhead. */
export function sealedBytes(version: TlsVersion, bytes: number): number {
  return bytes + Math.ceil(bytes / RECORD_PLAINTEXT) * RECORD_OVERHEAD[version];
}

/** The longest record on the stream. What a unit begins with can be read once its first record is whole, this at most. */
export const recordBytes = (version: TlsVersion): number => RECORD_PLAINTEXT + RECORD_OVERHEAD[version];

/** Flights of the handshakes, in order; the first is the client's, then they take turns. */
export const FLIGHTS = {
  '1.3': {
    full: [
      { what: 'tls.client-hello', bytes: 243 },
      { what: 'tls.server-flight', bytes: 371, certificate: true },
      { what: 'tls.finished', bytes: 80 },
    ],
    resumed: [
      { what: 'tls.client-hello', bytes: 546 },
      { what: 'tls.server-flight', bytes: 241 },
      { what: 'tls.finished', bytes: 80 },
    ],
    /** After the client's Finished; nobody waits for it (RFC 8446 §4.6.1). Node’s OpenSSL sends two, and none on resumption. */
    ticketBytes: 2 * 287,
  },
  '1.2': {
    full: [
      { what: 'tls.client-hello', bytes: 262 },
      { what: 'tls.server-flight', bytes: 213, certificate: true },
      { what: 'tls.finished', bytes: 93 },
      { what: 'tls.server-finished', bytes: 258 },
    ],
    resumed: [
      { what: 'tls.client-hello', bytes: 486 },
      { what: 'tls.server-flight', bytes: 141 },
      { what: 'tls.finished', bytes: 51 },
    ],
    ticketBytes: 0,
  },
} as const satisfies Record<TlsVersion, unknown>;
