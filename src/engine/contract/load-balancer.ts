/** How a load balancer finds out which servers are up. */
export interface HealthCheckPlan {
  /** `tcp`: the server's kernel accepts a connection; `http`: its application answers a request with 200. */
  protocol: 'tcp' | 'http';
  intervalMs: number;
  /** How long a check may take, opening its connection included. */
  timeoutMs: number;
  /** Failed checks in a row after which a server gets nothing new. */
  unhealthyThreshold: number;
  /** Passed checks in a row after which it does again. */
  healthyThreshold: number;
}

interface AnyLayerPlan {
  algorithm: 'round-robin' | 'least-connections' | 'source-hash';
  idleTimeoutMs: number;
  /** Without a healthy server every server counts as one. */
  failOpen: boolean;
  healthCheck: HealthCheckPlan;
}

/** It passes packets on: a connection goes through it to the server that it chose at the SYN. */
export interface Layer4Plan extends AnyLayerPlan {
  kind: 'layer-4';
  /** Connections to a server that is found unhealthy are forgotten, and reset at their next packet. */
  forgetUnhealthy: boolean;
}

/** It passes requests on: clients' TCP and TLS end here, and connections of its own lead to the servers. */
export interface Layer7Plan extends AnyLayerPlan {
  kind: 'layer-7';
  stickiness: 'none' | 'cookie';
  connectTimeoutMs: number;
  /** Bytes of a response that are collected before they are passed on; null: each part at once. */
  bufferBytes: number | null;
  /** What becomes of a request to speak another protocol: its field Upgrade goes along to the server, or is left out. */
  upgrade: 'passed' | 'removed';
  cpu: { perRequestMs: number; perHandshakeMs: number; perResumptionMs: number };
}

export type LoadBalancerPlan = Layer4Plan | Layer7Plan;

/** What a load balancer counted. */
export interface LoadBalancerFacts {
  kind: LoadBalancerPlan['kind'];
  /** CPU time spent, and the longest wait for it, µs. */
  busyUs: number;
  queuedPeakUs: number;
  /** Clients' connections: passed on (layer 4) or accepted (layer 7). */
  connections: number;
  requests: number;
  /** 502: the server refused the connection, or ended it before it answered. */
  badGateway: number;
  /** 503, or at layer 4 a reset: no healthy server. */
  unavailable: number;
  /** 504: no connection, or no answer, in time. */
  gatewayTimeout: number;
  /** Connections that were given up because nothing was sent on them for so long. */
  idleTimeouts: number;
  /** Requests that were passed on without the field Upgrade that they came with. */
  upgradesRemoved: number;
  checks: number;
  failedChecks: number;
  becameUnhealthy: number;
  becameHealthy: number;
  crashes: number;
  servers: { name: string; chosen: number; open: number; peak: number }[];
}

/** One thread that does a piece of work after the other. */
export interface Processor {
  readonly busyUs: number;
  readonly queuedPeakUs: number;
  /** Queues a piece of work. @param costUs CPU time, an integer @param then what it does when that is spent */
  run(costUs: number, then: () => void): void;
  pause(paused: boolean): void;
  /** The process is gone: what waited is forgotten. */
  clear(): void;
}
