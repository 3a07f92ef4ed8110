import type { Vocabulary } from '../../engine/contract/transport.ts';

/** What is on the wires, by the keys that `wire.ts` gives sizes. */
export const VOCABULARY: Vocabulary = {
  'coordinator.connection': {
    label: 'connection to the coordinator',
    role: 'control',
    explanation: 'A connection to etcd, for leases and watches.',
  },
  'coordinator.range': {
    label: 'Range',
    role: 'request',
    explanation: 'Who belongs to the fleet? And tell me of each change from now on (Watch).',
  },
  'coordinator.members': {
    label: 'members',
    role: 'response',
    explanation: 'The servers that belong to the fleet, with the version of that view.',
  },
  'coordinator.event': {
    label: 'watch event',
    role: 'data',
    explanation: 'The fleet has changed: a server has joined or left.',
  },
  'coordinator.grant': {
    label: 'LeaseGrant',
    role: 'request',
    explanation: 'A server asks for a lease, which it then has to keep alive.',
  },
  'coordinator.granted': { label: 'lease', role: 'response', explanation: 'The lease is granted.' },
  'coordinator.put': {
    label: 'Put',
    role: 'request',
    explanation: 'A server writes itself down as a member, for as long as its lease lives.',
  },
  'coordinator.done': { label: 'OK', role: 'response', explanation: 'The coordinator has done it.' },
  'coordinator.keep-alive': {
    label: 'LeaseKeepAlive',
    role: 'control',
    explanation: 'A server says that it is alive, so that its lease begins anew.',
  },
  'coordinator.kept': {
    label: 'lease kept',
    role: 'control',
    explanation: 'The lease begins anew, or there is no such lease any more.',
  },
  'coordinator.revoke': {
    label: 'LeaseRevoke',
    role: 'request',
    explanation: 'A server leaves politely: its membership ends at once.',
  },
  'owner.connection': {
    label: 'connection to an owner',
    role: 'control',
    explanation: 'A connection on which updates go straight to the server that owns their readers.',
  },
  'owner.update': {
    label: 'update',
    role: 'data',
    explanation: 'An update, with the clients that this server owns by the sender’s view of the fleet.',
  },
  'owner.forward': {
    label: 'forwarded update',
    role: 'data',
    explanation:
      'An update that came to a server that does not own its readers, passed on to the one that does.',
  },
  'owner.taken': { label: 'taken', role: 'response', explanation: 'The server has the update.' },
  'owner.moved': {
    label: 'not mine',
    role: 'response',
    explanation: 'The server does not own some of the readers, and says who does.',
  },
};
