import type { Vocabulary } from './contract/transport.ts';

/** What stands between clients and servers calls things. */
export const EDGE_WORDS: Vocabulary = {
  'health-check.request': {
    label: 'health check',
    role: 'request',
    explanation: 'The load balancer asks whether the server is up.',
  },
  'health-check.response': {
    label: 'healthy',
    role: 'response',
    explanation: 'The server’s application answers the load balancer’s check.',
  },
  'load-balancer.connection': {
    label: 'connection of the load balancer',
    role: 'control',
    explanation: 'The load balancer’s own connection to a server, used for one request after the other.',
  },
  'load-balancer.get': {
    label: 'GET without Upgrade',
    role: 'request',
    explanation: 'The load balancer has left Upgrade out: to the server it is a plain GET.',
  },
  'load-balancer.error': {
    label: 'error of the load balancer',
    role: 'response',
    explanation:
      'The load balancer answers in the server’s place: 502 when that refuses or dies, 503 when none is healthy, 504 when no answer comes in time.',
  },
  'load-balancer': {
    label: 'load balancing',
    role: 'control',
    explanation: 'The load balancer’s CPU time for requests and handshakes.',
  },
  'proxy.connection': {
    label: 'connection of the proxy',
    role: 'control',
    explanation:
      'The proxy’s own connection to where the client meant to go, used for one request after the other.',
  },
  'proxy.get': {
    label: 'GET without Upgrade',
    role: 'request',
    explanation: 'The proxy has left Upgrade out: to the server it is a plain GET.',
  },
  'proxy.403': {
    label: '403 Forbidden',
    role: 'response',
    explanation: 'The proxy lets nobody speak another protocol, and says so in the server’s place.',
  },
  'proxy.error': {
    label: 'error of the proxy',
    role: 'response',
    explanation:
      'The proxy answers in the server’s place: 502 when that dies, 503 when it takes no connection, 504 when no answer comes in time.',
  },
};
