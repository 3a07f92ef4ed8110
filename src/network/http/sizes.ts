/** Header sizes of HTTP/1.1 in bytes, as measured with Node 20 at both ends; a browser with cookies sends far more. */
export interface HeaderSizes {
  /** A GET with Host and Connection. */
  requestBytes: number;
  /** Status line, Date, Content-Type, Content-Length or Transfer-Encoding, Connection, Keep-Alive. */
  responseBytes: number;
}

/** `101 Switching Protocols` with Upgrade, Connection and Sec-WebSocket-Accept (RFC 6455 §4.2.2). */
export const UPGRADE_RESPONSE_BYTES = 129;

/** What chunked framing adds to a chunk: its size in hexadecimal and two line ends (RFC 9112 §7.1). */
export function chunkOverheadBytes(bytes: number): number {
  return bytes.toString(16).length + 4;
}

/** The last chunk, `0` and two line ends. */
export const LAST_CHUNK_BYTES = 5;
