import { type Explanation, of } from './explanation.ts';

/** How transports, servers and applications go about updates. */
export const APPLICATION_RULES: readonly Explanation[] = [
  of(
    'server CPU',
    'The server has one core, and does one piece of work after the other: a request, a handshake, a message to one client. What comes meanwhile waits in its queue. Near full use the wait grows without bound, however short each piece is.',
    'an event loop, as in Node.js (“Don’t block the event loop”); M/D/1 queue: Kleinrock, Queueing Systems 1, §5',
    'What a switch between threads costs, garbage collection, and the kernel’s own work.',
  ),
  of(
    'batching',
    'The server gathers what comes within a while and writes it to each client as one frame: one header, one write and often one packet instead of several. Each message is later by up to that while.',
    'servers.batchMs in the scenario; the same trade as Nagle’s (RFC 896) and Kafka’s linger.ms',
  ),
  of(
    'gap detection',
    'Messages of a room are numbered. A client that gets number 8 after 5 knows that 6 and 7 are missing, and can ask. Without numbers a loss is silent; and the last one is only noticed when the next comes.',
    'a design of applications, as TCP’s own sequence numbers (RFC 9293 §3.4) and FIX’s ResendRequest; clients[].repair.detectGaps',
  ),
  of(
    'de-duplication',
    'Who sends again until it is confirmed sends twice when only the confirmation was lost. The receiver keeps the ids that it has seen and drops what comes again: at least once on the way, once for the application.',
    'Saltzer, Reed, Clark: End-to-End Arguments in System Design (1984), §3; clients[].repair.dropDuplicates, servers.dropDuplicates',
  ),
  of(
    'polling',
    'The client asks at intervals; an update waits at the server for the next question. Half the interval on average, and one way of the network.',
    'RFC 9110 §9.3.1; setInterval and setTimeout of the HTML Standard',
    'Throttling in hidden tabs.',
  ),
  of(
    'long-polling gap',
    'After each answer it takes a round trip until the next request waits at the server. What is published in between waits for it, and comes in one answer.',
    'RFC 6202 §2',
  ),
  of(
    'cursor',
    'The client says up to where it has everything; the server answers with what came after. So nothing falls between two requests.',
    'the usual design of polling APIs',
  ),
  of(
    'Last-Event-ID',
    'An EventSource that reconnects names the id of the last event it saw, and the server goes on from there: late, and nothing lost as far as its replay buffer reaches.',
    'HTML Standard §9.2.3, §9.2.6',
  ),
  of(
    'retry',
    'After a connection is lost an EventSource waits, 3 s unless the server said otherwise, and tries again for ever, without backing off.',
    'HTML Standard §9.2.3; Chromium 156, measured',
  ),
  of(
    'no memory',
    'A WebSocket is a pipe: what was sent into a connection that died, or while there was none, is gone, unless the application numbers its messages and asks again.',
    'RFC 6455 has no resumption; Socket.IO’s connection state recovery is an option',
  ),
  of(
    'replay buffer',
    'The server keeps the last messages of each room. Who comes back later than the buffer reaches, or after a crash that emptied it, misses the rest.',
    'a design of applications; servers.replayBuffer in the scenario',
  ),
  of(
    'snapshot',
    'A room’s state at a version, in place of the messages that made it; after it, only the differences with a higher number. It costs the size of the state, however long somebody was away, where a replay costs every message that was missed, and is no more to be had once they are trimmed. A server that has not followed the room, or is missing a number, reads the state first.',
    'Kubernetes API concepts: 410 Gone, list anew, then watch; Raft §7, InstallSnapshot; Binance’s local order book: a depth snapshot, then differences by number',
    'What a state holds: it has a size and the numbers of the messages in it. The read at the source takes time only, no network and no work there. A server that lost the newest messages cannot know before the next one comes.',
  ),
  of(
    'topic design',
    'A topic for each room: one publish, and one copy for each server with a client in it. A topic for each user: a publish for every member (fan-out on write), of which a server gets those of its own users. A cached entry: one signal, and a read by each server for all its clients (fan-out on read); signals that come while a read is under way share the next one.',
    'Redis, Pub/Sub (channels); Twitter’s timelines (fan-out on write) and the cache-aside pattern (fan-out on read); topics in the scenario',
    'The list of a room’s members is at hand at the source, and costs nothing. The cache is never busy or down, and its write and reads take nothing of the network.',
  ),
  of(
    'heartbeat',
    'The application pings and waits for the pong. A dead path is noticed within the ping interval plus the time allowed for the pong; without a ping, who only listens never knows.',
    'RFC 6455 §5.5.2',
  ),
];
