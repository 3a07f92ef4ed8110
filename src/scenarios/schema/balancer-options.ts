import { type Fields, withDefault } from './fields.ts';
import { LIMITS } from './limits.ts';

const COST = { type: 'number', unit: 'ms', min: 0, max: 10_000 } as const;

const ALGORITHM = {
  type: 'choice',
  values: ['round-robin', 'least-connections', 'source-hash'],
  default: 'round-robin',
  about:
    'How a server is chosen among the healthy ones: in turn; the one with the fewest at hand (connections at layer 4, ' +
    'requests and tunnels at layer 7), in turn among equals; or by a hash of the client’s address over their number.',
  source: 'HAProxy 3.0.0, doc/configuration.txt: balance roundrobin, leastconn, source; Linux IPVS, rr, lc',
} as const;

const TIMEOUT = { type: 'number', unit: 'ms', min: 10, max: LIMITS.durationMs } as const;

const FAIL_OPEN = {
  type: 'flag',
  default: false,
  about: 'While no server is healthy, all count as healthy. Without it there is nobody to pass anything to.',
  source: 'HAProxy 3.0 answers 503 when no server is up',
} as const;

const THRESHOLD = { type: 'number', unit: '', min: 1, max: 100, integer: true } as const;

const CHECK_FIELDS = {
  protocol: {
    type: 'choice',
    values: ['tcp', 'http'],
    default: 'http',
    about:
      'What a check asks for: that the server’s kernel accepts a connection (tcp), which it does even while the ' +
      'process stands still, or that the application answers a request (http).',
    source: 'AWS, CreateTargetGroup: HealthCheckProtocol is HTTP for Application Load Balancers',
  },
  intervalMs: {
    ...TIMEOUT,
    default: 2_000,
    about: 'From one check of a server to the next. The servers are checked one after the other within it.',
    source: 'HAProxy 3.0.0, doc/configuration.txt: inter 2000 ms',
  },
  timeoutMs: {
    ...TIMEOUT,
    default: 2_000,
    about: 'A check that has no answer after this has failed.',
    source: 'HAProxy 3.0.0, doc/configuration.txt: inter, unless timeout check is set',
  },
  unhealthyThreshold: {
    ...THRESHOLD,
    default: 3,
    about: 'Failed checks in a row after which a server gets nothing new. Until then it gets its share.',
    source: 'HAProxy 3.0.0, doc/configuration.txt: fall 3',
  },
  healthyThreshold: {
    ...THRESHOLD,
    default: 2,
    about: 'Passed checks in a row after which an unhealthy server gets something again.',
    source: 'HAProxy 3.0.0, doc/configuration.txt: rise 2',
  },
} as const satisfies Fields;

const NLB = 'AWS Network Load Balancer documentation';
const NLB_CHECKS = 'AWS, CreateTargetGroup, for protocol TCP';

const LAYER_4 = {
  algorithm: ALGORITHM,
  idleTimeoutMs: {
    ...TIMEOUT,
    default: 350_000,
    about:
      'A connection on which no packet passed for so long is forgotten. Nobody is told: whoever sends next gets a reset.',
    source: `${NLB}: tcp.idle_timeout.seconds 350`,
  },
  forgetUnhealthy: {
    type: 'flag',
    default: true,
    about:
      'Connections to a server that is found unhealthy are forgotten as well. Without it they go on for as long as the server does.',
    source: `${NLB}: target_health_state.unhealthy.connection_termination.enabled true`,
  },
  failOpen: {
    ...FAIL_OPEN,
    default: true,
    source: `${NLB}: target_group_health.unhealthy_state_routing.minimum_healthy_targets.count 1`,
  },
  healthCheck: {
    type: 'object',
    fields: {
      ...CHECK_FIELDS,
      protocol: {
        ...CHECK_FIELDS.protocol,
        default: 'tcp',
        source: `${NLB_CHECKS}: HealthCheckProtocol TCP`,
      },
      intervalMs: withDefault(
        CHECK_FIELDS.intervalMs,
        30_000,
        `${NLB_CHECKS}: HealthCheckIntervalSeconds 30`,
      ),
      timeoutMs: withDefault(CHECK_FIELDS.timeoutMs, 10_000, `${NLB_CHECKS}: HealthCheckTimeoutSeconds 10`),
      unhealthyThreshold: withDefault(
        CHECK_FIELDS.unhealthyThreshold,
        2,
        `${NLB_CHECKS}: UnhealthyThresholdCount 2`,
      ),
      healthyThreshold: withDefault(
        CHECK_FIELDS.healthyThreshold,
        5,
        `${NLB_CHECKS}: HealthyThresholdCount 5`,
      ),
    },
    about: 'How it finds out which servers are up. At the start all count as healthy.',
  },
} as const satisfies Fields;

const LAYER_7 = {
  algorithm: ALGORITHM,
  stickiness: {
    type: 'choice',
    values: ['none', 'cookie'],
    default: 'none',
    about:
      'With cookie, the first response tells the client its server by a cookie, and its requests go there for as long ' +
      'as that counts as healthy. The cookie’s bytes are on the wire.',
    source: 'HAProxy 3.0.0, doc/configuration.txt: cookie … insert indirect; AWS: stickiness.enabled false',
  },
  idleTimeoutMs: {
    ...TIMEOUT,
    default: 60_000,
    about:
      'How long it waits between two pieces of a response, and on a tunnel or an idle connection for anything. An ' +
      'answer that has not begun becomes a 504, one that has is cut off, a tunnel and a connection are closed.',
    source:
      'AWS Application Load Balancer documentation: idle_timeout.timeout_seconds 60; nginx: proxy_read_timeout 60s',
  },
  connectTimeoutMs: {
    ...TIMEOUT,
    default: 10_000,
    about: 'A server that has not accepted its connection after this is answered for with a 504.',
    source:
      'AWS Application Load Balancer documentation, troubleshooting, HTTP 504: connection timeout (10 seconds)',
  },
  bufferBytes: {
    type: 'number',
    unit: 'bytes',
    min: 1,
    max: 1_048_576,
    integer: true,
    orNull: 'each part is passed on at once',
    default: null,
    about:
      'A response that streams is collected, its header too, until there are so many bytes of it or it is complete. ' +
      'What an event stream says is late then, or never comes.',
    source:
      'a choice: nothing is collected; nginx collects 4,096 or 8,192 (proxy_buffer_size) unless proxy_buffering is off',
  },
  upgrade: {
    type: 'choice',
    values: ['passed', 'removed'],
    default: 'passed',
    about:
      'Whether a WebSocket’s Upgrade goes along to the server. The field is for one connection alone, so a proxy that does ' +
      'not know the protocol leaves it out: the server sees a plain GET, answers 426, and the WebSocket fails. Polling, ' +
      'long polling and SSE are plain requests, and pass.',
    source:
      'AWS Application Load Balancer and HAProxy 3.0 pass it; nginx removes it unless proxy_set_header names it ' +
      '(documentation, WebSocket proxying); RFC 9110 §7.6.1, §7.8',
  },
  failOpen: FAIL_OPEN,
  healthCheck: {
    type: 'object',
    fields: CHECK_FIELDS,
    about:
      'How it finds out which servers are up. At the start all count as healthy, until their first check: one that fails it is unhealthy at once (HAProxy 3.0).',
  },
  cpu: {
    type: 'object',
    fields: {
      perRequestMs: {
        ...COST,
        default: 0.02,
        about: 'To pass a request on. What comes after it costs nothing.',
        source: 'an estimate: a proxy in C passes tens of thousands of requests a second on each core',
      },
      perHandshakeMs: {
        ...COST,
        default: 1.5,
        about: 'For a full TLS handshake (ECDSA P-256).',
        source: 'measured: OpenSSL 3.0 s_server, CPU time of the process for each connection',
      },
      perResumptionMs: {
        ...COST,
        default: 1.2,
        about: 'For a resumed TLS handshake.',
        source: 'a choice: as much less as measured for Node 20.20',
      },
    },
    about: 'CPU time of its only core.',
  },
} as const satisfies Fields;

/** `edge.loadBalancer`, by kind. */
export const LOAD_BALANCER_KINDS = {
  'layer-4': {
    about:
      'Passes packets on: it chooses a server when a connection’s SYN comes by, and TCP and TLS end at that server. ' +
      'What it does not know it resets. Follows AWS Network Load Balancer, with the schedulers of Linux IPVS.',
    fields: LAYER_4,
  },
  'layer-7': {
    about:
      'Passes requests on: clients’ TCP and TLS end here, and kept-alive connections of its own lead to the servers, in ' +
      'plain HTTP. It answers 502 when a server refuses or dies, 503 when none is healthy, 504 when no answer begins ' +
      'in time, and does not try another server. Choice, cookies and checks follow HAProxy, the rest AWS Application ' +
      'Load Balancer. Left out: slow clients hold nobody up, as it has all the memory it wants.',
    fields: LAYER_7,
  },
} as const;
