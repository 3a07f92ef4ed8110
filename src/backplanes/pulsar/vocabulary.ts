import type { Vocabulary } from '../../engine/contract/transport.ts';

const control = (label: string, explanation: string) => ({ label, role: 'control', explanation }) as const;
const request = (label: string, explanation: string) => ({ label, role: 'request', explanation }) as const;
const response = (label: string, explanation: string) => ({ label, role: 'response', explanation }) as const;
const data = (label: string, explanation: string) => ({ label, role: 'data', explanation }) as const;

/** The words of Pulsar’s protocol, of BookKeeper’s, and of the metadata store’s. */
export const VOCABULARY: Vocabulary = {
  'pulsar.connection': control(
    'Pulsar connection',
    'A connection to a broker, a bookie or the metadata store.',
  ),
  'pulsar.lookup': request('LOOKUP', 'Which broker owns this partition? Any broker can say.'),
  'pulsar.lookup-answer': response('LOOKUP’s answer', 'The broker that owns the partition now.'),
  'pulsar.producer': request('PRODUCER', 'From now on messages for the partition come on this connection.'),
  'pulsar.send': data(
    'SEND',
    'A batch of messages. What is not confirmed is sent again after a reconnection.',
  ),
  'pulsar.send-receipt': response('SEND_RECEIPT', 'Enough bookies have the messages.'),
  'pulsar.subscribe': request('SUBSCRIBE', 'A consumer joins a subscription.'),
  'pulsar.flow': control('FLOW', 'The consumer has room for so many messages more.'),
  'pulsar.messages': data('MESSAGE', 'Messages of a subscription, as far as the consumer has room.'),
  'pulsar.ack': control('ACK', 'The consumer is done with these messages, or with all up to one.'),
  'pulsar.redeliver': control('REDELIVER', 'The consumer wants to be sent these messages again.'),
  'pulsar.reader': request(
    'SUBSCRIBE (reader)',
    'A reader begins behind a message: nothing is kept for it, and nothing acknowledged.',
  ),
  'pulsar.last-id': request('GET_LAST_MESSAGE_ID', 'How far is there anything to read?'),
  'pulsar.last-id-answer': response('last message', 'The last message that can be read.'),
  'pulsar.close-reader': control('CLOSE_CONSUMER', 'The reader has what it wanted.'),
  'pulsar.closed': control('CLOSE', 'The broker does not own the partition any more: look it up again.'),
  'pulsar.ping': control(
    'PING',
    'Are you still there? A connection on which nothing comes until the next is closed.',
  ),
  'pulsar.pong': control('PONG', 'A sign of life.'),
  'pulsar.done': response('answer', 'It is done, or cannot be.'),
  'pulsar.register': request('register', 'A broker begins a session with the metadata store.'),
  'pulsar.keep-session': control('ping', 'A broker is still there: its session goes on.'),
  'pulsar.owner': request('owner?', 'Who owns the partition? If nobody does, a broker is chosen.'),
  'pulsar.load': request('topic metadata?', 'A new owner asks which ledgers the partition has.'),
  'pulsar.ledgers': response('topic metadata', 'The ledgers, and on which bookies each is.'),
  'pulsar.update': request(
    'update',
    'Another list of ledgers, unless somebody else has changed it meanwhile.',
  ),
  'pulsar.add': data('addEntry', 'An entry for a ledger, to a bookie of its write quorum.'),
  'pulsar.read': request('read', 'A new owner reads what is not consumed, and fences a ledger that is open.'),
  'pulsar.entries': data('entries', 'Entries that a bookie has.'),
  'pulsar.save-cursor': control('cursor', 'Where a subscription stands, written down on bookies.'),
  'pulsar.read-cursors': request('cursors?', 'A new owner asks where subscriptions stand.'),
  'pulsar.cursors': response('cursors', 'Where subscriptions stood when that was last written down.'),
};
