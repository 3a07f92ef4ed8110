import { type Explanation, of } from './explanation.ts';

/** How TCP opens, sends, repeats and gives up. */
export const TCP_RULES: readonly Explanation[] = [
  of(
    'TCP handshake',
    'SYN, SYN-ACK, ACK: both ends agree on where their bytes are counted from. The client may write after one round trip, and its first data ride with the ACK.',
    'RFC 9293 §3.5',
    'TCP Fast Open; SYN cookies and a backlog that is full.',
  ),
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
    'Nagle off',
    'Small writes leave at once (TCP_NODELAY), as ws, Node’s HTTP and browsers ask for. With Nagle’s algorithm they would wait for the acknowledgement of the one before.',
    'RFC 9293 §3.7.4; TCP_NODELAY in tcp(7)',
  ),
  of(
    'keep-alive',
    'An idle connection is probed by the kernel; after enough silence it counts as dead. Chromium probes every 45 s and gives up after about 450 s.',
    'RFC 9293 §3.8.4; SO_KEEPALIVE; Chromium, measured',
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
];
