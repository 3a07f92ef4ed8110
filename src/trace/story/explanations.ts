/** How a mechanism is modelled: the rule in our words, where it is written, and what the model leaves out. */
export interface Explanation {
  term: string;
  rule: string;
  source: string;
  leavesOut: string;
}

const of = (term: string, rule: string, source: string, leavesOut = ''): [string, Explanation] => [
  term,
  { term, rule, source, leavesOut },
];

/** By term, as steps and stories name them. */
export const EXPLANATIONS: ReadonlyMap<string, Explanation> = new Map([
  of(
    'head-of-line blocking',
    'TCP hands bytes to the application in order only. What arrives behind a hole stays in the kernel until the hole is filled, however complete it is.',
    'RFC 9293 §3.10; Linux tcp_data_queue, tcp_data_queue_ofo',
    'A receive buffer that overflows while it holds.',
  ),
  of(
    'RTO',
    'The retransmission timeout: smoothed round trip plus four times its variation, that part at least 200 ms. It doubles with every timeout, up to 120 s, and rounds up to the kernel’s timer wheel.',
    'RFC 6298; Linux tcp_retransmit_timer, tcp_rto_min',
    'Other kernels have other floors.',
  ),
  of(
    'RACK',
    'A segment counts as lost when one that was sent later has been acknowledged and a reordering window (a quarter of the smallest round trip) has passed. It needs a later segment: the last of a burst has none.',
    'RFC 8985 §6; Linux net/ipv4/tcp_recovery.c',
  ),
  of(
    'TLP',
    'Tail loss probe: when nothing is acknowledged for two round trips (200 ms more for a lone segment), the last segment is sent again, so that its acknowledgement shows what is missing.',
    'RFC 8985 §7; Linux tcp_schedule_loss_probe, tcp_send_loss_probe',
  ),
  of(
    'selective ack',
    'The receiver names the ranges it holds beyond a hole, so that the sender repeats only what is missing.',
    'RFC 2018, RFC 2883',
  ),
  of(
    'delayed ACK',
    'An acknowledgement may wait up to 40 ms for data to ride on, or for a second segment. After a hole, and early in a connection, it goes at once.',
    'RFC 9293 §3.8.6.3; Linux tcp_send_delayed_ack, quick acks',
  ),
  of(
    'slow start',
    'A connection begins with ten segments and doubles what it has under way every round trip, until something is lost or the growing delay says stop (CUBIC), or until three rounds brought no quarter more (BBR).',
    'RFC 6928, RFC 9438; Linux tcp_cubic.c (HyStart), tcp_bbr.c (Startup)',
  ),
  of(
    'congestion window',
    'The number of segments that may be under way unacknowledged. With CUBIC a loss shrinks it to 0.7 of itself, a timeout to one segment; what does not fit waits at the sender.',
    'RFC 9438 (CUBIC), RFC 6937 (PRR); Linux tcp_cubic.c',
    'Pacing of CUBIC; the send buffer.',
  ),
  of(
    'BBR',
    'Measures how fast the path delivers (the best of ten rounds) and its least round trip (of ten seconds), sends at that rate with twice as much under way, and does not take a loss for congestion. Every ten seconds it shows the least round trip again with four segments under way.',
    'Cardwell et al., ACM Queue 14(5), 2016; Linux net/ipv4/tcp_bbr.c (version 1), tcp_rate.c',
    'BBR versions 2 and 3.',
  ),
  of(
    'SYN retransmission',
    'An unanswered SYN is repeated after 1 s, four times more a second apart, then after 2, 4, 8 … s; connect() fails after about 134 s.',
    'RFC 6298 §2.1; Linux tcp_syn_retries, tcp_syn_linear_timeouts',
  ),
  of(
    'DNS retry',
    'A query without an answer is repeated after 5 s, for as long as it takes.',
    'resolv.conf(5): timeout',
    'Several name servers; a browser’s own resolver.',
  ),
  of(
    'TLS resumption',
    'Who comes back with a ticket skips the certificate: the server computes less, and TLS 1.2 saves a round trip. TLS 1.3 takes one round trip either way.',
    'RFC 8446 §2.2',
    '0-RTT data.',
  ),
  of(
    'Nagle off',
    'Small writes leave at once (TCP_NODELAY), as ws, Node’s HTTP and browsers ask for. With Nagle’s algorithm they would wait for the acknowledgement of the one before.',
    'RFC 9293 §3.7.4; TCP_NODELAY in tcp(7)',
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
    'keep-alive',
    'An idle connection is probed by the kernel; after enough silence it counts as dead. Chromium probes every 45 s and gives up after about 450 s.',
    'RFC 9293 §3.8.4; SO_KEEPALIVE; Chromium, measured',
  ),
  of(
    'heartbeat',
    'The application pings and waits for the pong. A dead path is noticed within the ping interval plus the time allowed for the pong; without a ping, who only listens never knows.',
    'RFC 6455 §5.5.2',
  ),
  of(
    'half-open connection',
    'One end believes in a connection that the other has forgotten. Nothing tells until somebody sends and is answered by a reset, or by nothing at all.',
    'RFC 9293 §3.5.1',
  ),
  of(
    'black hole',
    'A path that swallows packets without a word. TCP repeats, ever more rarely, for some 15 minutes before it gives up; who only listens is told nothing.',
    'Linux tcp_retries2; measured',
    'ICMP errors.',
  ),
  of(
    'six connections',
    'A browser opens at most six HTTP/1.1 connections to an origin, and each event stream keeps one for itself. The seventh waits until one is free.',
    'RFC 9112 §9.4; Chromium, measured',
    'HTTP/2, where streams share a connection.',
  ),
]);

/** The explanation of a term, whatever its capitals. */
export const explanationOf = (term: string): Explanation | undefined =>
  EXPLANATIONS.get(term) ?? EXPLANATIONS.get(term.toLowerCase());
