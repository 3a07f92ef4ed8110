/** A proxy on the clients' way that nobody has chosen: it takes what goes to port 80 (RFC 9110 §3.7). */
export interface ProxyPlan {
  kind: 'intercepting';
  /**
   * What becomes of a request to speak another protocol: its field Upgrade goes along, or is left out, or the proxy
   * answers 403 itself.
   */
  upgrade: 'passed' | 'removed' | 'refused';
  /** `buffered`: nothing of a response is passed on before all of it is there. */
  responses: 'streamed' | 'buffered';
  connectTimeoutMs: number;
  /** How long it waits between two pieces of a response, and on a tunnel for anything. */
  idleTimeoutMs: number;
  /** A client's connection on which nobody asks anything is closed after this. */
  keepAliveTimeoutMs: number;
}

/** Whether the edge's proxy reads what passes: what TLS carries it cannot, and passes on as packets. */
export const proxyReads = ({ tls, proxy }: { tls: string; proxy: object | null }): boolean =>
  proxy !== null && tls === 'none';

/** What a proxy counted. All is 0 where it reads nothing. */
export interface ProxyFacts {
  /** Clients' connections that ended at it, and its own. */
  connections: number;
  ownConnections: number;
  requests: number;
  /** Requests with Upgrade that it passed on without that, or answered 403. */
  upgradesRemoved: number;
  upgradesRefused: number;
  /** 502: the server ended its connection before it answered. */
  badGateway: number;
  /** 503: the server took no connection, or none in time. */
  unavailable: number;
  /** 504: no answer in time. */
  gatewayTimeout: number;
  /** Answers and tunnels that were cut off because nothing was sent for so long. */
  idleTimeouts: number;
}

/** The counts before anything passed. */
export const noProxyFacts = (): ProxyFacts => ({
  connections: 0,
  ownConnections: 0,
  requests: 0,
  upgradesRemoved: 0,
  upgradesRefused: 0,
  badGateway: 0,
  unavailable: 0,
  gatewayTimeout: 0,
  idleTimeouts: 0,
});
