import type { Congestion } from './congestion/congestion.ts';
import { MSS, MSS_GUESS, REORDERING, RETRIES2, SYN_RETRIES, WINDOW_INITIAL } from './constants.ts';
import type {
  CloseReason,
  EventId,
  Packet,
  Path,
  Receiver,
  Sim,
  SocketStream,
  StreamOwner,
} from './contract.ts';
import type { CreateCongestion, TcpOptions } from './options.ts';
import { ReceiveQueue } from './receive-queue.ts';
import { Rtt } from './rtt.ts';
import type { Segment } from './segment.ts';
import { SendQueue } from './send-queue.ts';
import type { Sender } from './sender.ts';
import type { SocketHost } from './socket-host.ts';
import { CA, STATE, TIMER } from './states.ts';
import { UnitQueue } from './unit-queue.ts';

/** What a socket needs of the stack around it. */
export interface Stack {
  readonly sim: Sim;
  /** Numbers of the kernel handlers, which take a socket's index. */
  readonly transmitTimer: number;
  readonly ackTimer: number;
  readonly keepAliveTimer: number;
  readonly paceTimer: number;
  readonly createCongestion: CreateCongestion;
  receive(socket: Socket, segment: Segment): void;
  write(socket: Socket): void;
  read(socket: Socket): void;
  end(socket: Socket): void;
  abort(socket: Socket): void;
  close(socket: Socket, reason: CloseReason): void;
  place(socket: Socket): void;
}

/**
 * One end of a connection: everything that Linux keeps in `struct tcp_sock`, under its own or the RFCs' names. What is
 * done with it is in the modules of this folder; sequence numbers count from 0 at the SYN.
 */
export class Socket implements SocketStream, Receiver, Sender {
  readonly stack: Stack;
  readonly host: SocketHost;
  readonly connection: number;
  /** 0 at the client, 1 at the server: the direction in which it sends. */
  readonly side: 0 | 1;
  readonly path: Path;
  peer!: Socket;
  owner: StreamOwner | null = null;
  /** Its place in the stack's table, while it may have timers. */
  index = -1;
  state: number = STATE.CLOSED;
  /** The process is gone; the kernel finishes alone (SOCK_DEAD). */
  orphaned = false;

  readonly noDelay: boolean;
  readonly retries2: number;
  readonly synRetries: number;
  readonly synLinearTimeouts: number;
  readonly initialCwnd: number;
  readonly keepAlive: TcpOptions['keepAlive'];

  // Sending
  readonly queue = new SendQueue();
  readonly units = new UnitQueue();
  readonly rtt = new Rtt();
  /** What decides how much may be in flight. */
  readonly congestion: Congestion;
  /** First byte not acknowledged, first not sent, end of what was written. */
  una = 0;
  next = 0;
  written = 1;
  /** First byte that the peer has no room for. */
  windowEnd = 1;
  /** End of the last segment that was sent less than full (Minshall's Nagle). */
  smallEnd = 0;
  lastSentJiffies = 0;
  /** When the SYN-ACK left, µs. */
  lastSentUs = 0;
  finQueued = false;
  finSent = false;
  /** The peer's FIN was here before this end closed: nothing is left to wait for afterwards. */
  closedSecond = false;
  delivered = 0;
  /** Segments taken for lost, ever; and sent again, ever. */
  lost = 0;
  resent = 0;
  /** End of the highest that is SACKed, while anything is. */
  sackedUpTo = 0;

  // Congestion and recovery
  ca: number = CA.OPEN;
  /** `next` when the present recovery began. */
  highSeq = 0;
  priorCwnd = 0;
  priorSsthresh = 0;
  prrDelivered = 0;
  prrOut = 0;
  /** 0: nothing to undo. */
  undoMarker = 0;
  undoResent = 0;
  /** When this recovery's first retransmission left, in ms as in timestamps; 0: none. */
  resentStamp = 0;
  frto = false;
  /** `next` when a probe was sent; 0: none out. */
  probeHighSeq = 0;
  probeResent = false;
  /** Probes of a closed window without an answer that opened it. */
  windowProbes = 0;
  /** Timeouts in a row without progress; and since the connection began. */
  timeouts = 0;
  totalTimeouts = 0;
  reordering: number = REORDERING;
  reorderSeen = false;
  dsacks = 0;

  // RACK (RFC 8985): the newest of the segments that are known to have arrived
  rackSentAtUs = 0;
  rackEnd = 0;
  rackRttUs = 0;
  rackAdvanced = false;
  rackSteps = 1;
  rackPersist = 0;
  rackDsackSeen = false;
  rackLastDelivered = 0;

  // Congestion window validation (RFC 7661's place in Linux: tcp_cwnd_validate)
  cwndLimited = false;
  cwndUsageSeq = 0;
  packetsOutMax = 0;
  cwndUsed = 0;
  cwndStamp = 0;

  // Pacing
  dataSegments = 0;
  /** When the next segment may leave, µs, not rounded. */
  pacedUntilUs = 0;
  /** The burst that left last: from when it is paced, how long it takes, how far behind the sender was. */
  burstFromUs = 0;
  burstTakesUs = 0;
  burstCreditUs = 0;
  paceEvent: EventId = 0;

  // Receiving
  readonly inbox = new ReceiveQueue();
  /** Sequence number of the peer's FIN; -1: not seen. */
  peerFinSeq = -1;
  peerFinished = false;
  /** `inbox.next` when the last acknowledgement left, and the window it offered. */
  acknowledged = 0;
  window = WINDOW_INITIAL;
  /** The application takes in what comes; while it does not, the window closes. */
  reading = true;
  /** Newest timestamp in order, to be echoed. */
  echo = 0;
  lastArrivalUs = 0;
  // Delayed acknowledgements (icsk_ack)
  ackScheduled = false;
  ackNow = false;
  /** Segments with PSH since the last acknowledgement: 0, 1, more. */
  ackPushed = 0;
  quickAcks = 0;
  /** The connection is a dialogue: an answer will carry the acknowledgement. */
  interactive = false;
  /** Expected time between segments, jiffies. */
  ato = 0;
  lastReceivedJiffies = 0;
  peerMss: number = MSS_GUESS;
  lastSmallSize = 0;
  /** Jiffies; 0: no timer. */
  delayedAckJiffies = 0;
  delayedAckAtUs = 0;
  compressedAckAtUs = 0;
  compressedAcks = 0;
  repeatedAcks = 0;
  repeatedAckFor = 0;
  // Receive buffer tuning (tcp_rcv_space_adjust)
  receiverRttUs = 0;
  lastEcho = 0;
  spaceSeq = 1;
  spaceAtUs = 0;
  space = 14_480;

  // Timers: the deadline, and the one event that is pending for it (perhaps earlier, never later)
  timer: number = TIMER.NONE;
  timerAtUs = 0;
  timerEvent: EventId = 0;
  timerEventAtUs = 0;
  ackEvent: EventId = 0;
  ackEventAtUs = 0;
  keepAliveEvent: EventId = 0;
  keepAliveProbes = 0;

  constructor(
    stack: Stack,
    host: SocketHost,
    connection: number,
    side: 0 | 1,
    path: Path,
    options: TcpOptions,
  ) {
    this.stack = stack;
    this.host = host;
    this.connection = connection;
    this.side = side;
    this.path = path;
    this.noDelay = options.noDelay ?? true;
    this.retries2 = options.retries2 ?? RETRIES2;
    this.synRetries = options.synRetries ?? SYN_RETRIES;
    this.synLinearTimeouts = options.synLinearTimeouts ?? 4;
    this.initialCwnd = options.initialCwnd ?? 10;
    this.keepAlive = options.keepAlive;
    this.congestion = stack.createCongestion(this);
  }

  get nowUs(): number {
    return this.stack.sim.kernel.nowUs;
  }

  get nowJiffies(): number {
    return this.host.jiffies.at(this.stack.sim.kernel.nowUs);
  }

  /** Clock of the timestamp option: ms (RFC 7323). */
  get nowStamp(): number {
    return Math.floor(this.stack.sim.kernel.nowUs / 1000);
  }

  /** `tcp_current_mss`: SACK blocks take room. */
  get mss(): number {
    return MSS - this.inbox.optionBytes;
  }

  get pendingBytes(): number {
    return this.written - Math.max(this.una, 1);
  }

  get reducing(): boolean {
    return this.ca === CA.CWR || this.ca === CA.RECOVERY;
  }

  /** `tcp_current_ssthresh`. */
  get currentSsthresh(): number {
    const { cwnd, ssthresh } = this.congestion;
    return this.reducing ? ssthresh : Math.max(ssthresh, (cwnd >> 1) + (cwnd >> 2));
  }

  /** `tcp_is_cwnd_limited`: in slow start, half a window in use is enough to let it grow. */
  get isCwndLimited(): boolean {
    const { cwnd, ssthresh } = this.congestion;
    return this.cwndLimited || (cwnd < ssthresh && cwnd < 2 * this.packetsOutMax);
  }

  /** `tcp_highest_sack_seq`. */
  get highestSacked(): number {
    return this.queue.sackedOut === 0 ? this.una : this.sackedUpTo;
  }

  receive(packet: Packet): void {
    this.stack.receive(this, packet as Segment);
  }

  write(bytes: number, unit: number, more = false): void {
    if (this.state === STATE.CLOSED || this.state === STATE.TIME_WAIT || this.finQueued) return;
    this.congestion.onWrite();
    this.written += bytes;
    this.units.push(this.written, unit);
    if (!more) this.stack.write(this);
  }

  /** Room for what may still come: what has come and nobody has read takes it away. */
  get offeredWindow(): number {
    if (this.reading) return this.window;
    return Math.max(0, this.window - (this.inbox.next - Math.max(this.peer.units.takenEnd, 1)));
  }

  read(on: boolean): void {
    if (this.reading === on) return;
    this.reading = on;
    if (on) this.stack.read(this);
  }

  end(): void {
    if (!this.finQueued) this.stack.end(this);
  }

  abort(): void {
    this.stack.abort(this);
  }
}
