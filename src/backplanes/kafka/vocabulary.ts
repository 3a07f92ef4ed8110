import type { Vocabulary } from '../../engine/contract/transport.ts';

/** The words of Kafka's protocol. */
export const VOCABULARY: Vocabulary = {
  'kafka.connection': {
    label: 'Kafka connection',
    role: 'control',
    explanation: 'A client, or a broker, keeps one connection to each broker that it talks to.',
  },
  'kafka.produce': {
    label: 'Produce',
    role: 'data',
    explanation: 'A batch of records for one partition, to the broker that leads it.',
  },
  'kafka.produced': {
    label: 'Produce answer',
    role: 'control',
    explanation: 'The records are written: by the leader (acks=1), or by all replicas in sync (acks=all).',
  },
  'kafka.fetch': {
    label: 'Fetch',
    role: 'request',
    explanation:
      'A consumer asks for what comes after its offsets; the broker waits until there is something.',
  },
  'kafka.records': {
    label: 'records',
    role: 'data',
    explanation: 'Committed records, up to the high watermark; none, if the wait was over first.',
  },
  'kafka.replicate': {
    label: 'follower’s Fetch',
    role: 'request',
    explanation: 'A follower asks its leader for more, and says by that what it has.',
  },
  'kafka.replicated': {
    label: 'records to a follower',
    role: 'data',
    explanation: 'Records for a replica, whether they are committed or not.',
  },
  'kafka.metadata': { label: 'Metadata', role: 'request', explanation: 'Who leads which partition?' },
  'kafka.metadata-answer': {
    label: 'Metadata answer',
    role: 'response',
    explanation: 'The leaders, as far as this broker knows.',
  },
  'kafka.offsets': {
    label: 'offsets, please',
    role: 'request',
    explanation: 'Where did the group stop (OffsetFetch), or where does the log begin or end (ListOffsets)?',
  },
  'kafka.offsets-answer': { label: 'offsets', role: 'response', explanation: 'Where to begin to read.' },
  'kafka.epoch': {
    label: 'OffsetForLeaderEpoch',
    role: 'request',
    explanation:
      'After an election: where does the epoch of my last record end? If before it, the log was cut off behind me.',
  },
  'kafka.epoch-answer': {
    label: 'end of the epoch',
    role: 'response',
    explanation: 'Up to here the log is what the consumer has read.',
  },
  'kafka.commit': {
    label: 'OffsetCommit',
    role: 'request',
    explanation:
      'The consumer has everything before these offsets, it says, and will begin there after a crash.',
  },
  'kafka.committed': {
    label: 'OffsetCommit answer',
    role: 'response',
    explanation: 'The coordinator has written the offsets down.',
  },
  'kafka.join': {
    label: 'JoinGroup',
    role: 'request',
    explanation: 'A consumer wants to be in the group. It is answered when all members have asked.',
  },
  'kafka.joined': {
    label: 'JoinGroup answer',
    role: 'response',
    explanation: 'A new generation of the group; the first member is told who the others are.',
  },
  'kafka.sync': {
    label: 'SyncGroup',
    role: 'request',
    explanation: 'What is mine? The first member brings the answer for everybody.',
  },
  'kafka.synced': {
    label: 'SyncGroup answer',
    role: 'response',
    explanation: 'The partitions that this member reads from now on.',
  },
  'kafka.heartbeat': {
    label: 'Heartbeat',
    role: 'control',
    explanation: 'Still here. Without it the session runs out, and others take over.',
  },
  'kafka.heartbeat-answer': {
    label: 'Heartbeat answer',
    role: 'control',
    explanation: 'All is well, or a rebalance is on.',
  },
  'kafka.leave': { label: 'LeaveGroup', role: 'control', explanation: 'A consumer leaves the group.' },
  'kafka.left': { label: 'LeaveGroup answer', role: 'control', explanation: 'It is out.' },
  'kafka.register': {
    label: 'BrokerRegistration',
    role: 'request',
    explanation: 'A broker that has started asks the controller to be let in.',
  },
  'kafka.registered': {
    label: 'BrokerRegistration answer',
    role: 'response',
    explanation: 'It is registered, or has to wait until the session of its last process is over.',
  },
  'kafka.cluster': {
    label: 'metadata log',
    role: 'request',
    explanation: 'A broker follows the controller’s log of who leads and who is in sync.',
  },
  'kafka.cluster-answer': {
    label: 'metadata records',
    role: 'control',
    explanation: 'Somebody leads, or is in sync, who did not before.',
  },
  'kafka.isr': {
    label: 'AlterPartition',
    role: 'request',
    explanation: 'A leader asks the controller to take a replica in or out of those in sync.',
  },
  'kafka.isr-answer': {
    label: 'AlterPartition answer',
    role: 'response',
    explanation: 'Who is in sync from now on.',
  },
};
