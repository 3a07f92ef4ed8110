/**
 * Linux 6.18's numbers, with its names for them. Sizes in bytes, of IP packets over IPv4 with timestamps on.
 * Sources: include/net/tcp.h, net/ipv4/tcp_*.c, Documentation/networking/ip-sysctl.rst; CONFIG_HZ=250 as most servers.
 */

/** Ticks of the kernel's clock a second; TCP's timers count in these. */
export const HZ = 250;
export const JIFFY_US = 1_000_000 / HZ;

/** Ethernet's 1500 less IP and TCP headers and the timestamp option. */
export const MSS = 1448;
/** IP 20 + TCP 20 + timestamps 12. */
export const HEADER = 52;
/** With MSS, SACK-permitted, timestamps and window scale. */
export const SYN_BYTES = 60;
/** A reset for a connection that the kernel does not know carries no options. */
export const RST_BYTES = 40;
/** RFC 6928. */
export const INITIAL_CWND = 10;
/** Blocks that fit beside timestamps (RFC 2018). */
export const SACK_BLOCKS = 3;

/** `TCP_TIMEOUT_INIT`: RTO before there is a sample (RFC 6298 §2.1). */
export const RTO_INITIAL = HZ;
/** `TCP_RTO_MIN`, the floor of 4·RTTVAR, not of RTO. */
export const RTO_MIN_US = 200_000;
/** `TCP_RTO_MAX`. */
export const RTO_MAX = 120 * HZ;
/** `TCP_TIMEOUT_MIN_US`: what TLP and RACK add to be no shorter than a late acknowledgement. */
export const TIMEOUT_MIN_US = 2000;
/** `TCP_DELACK_MIN` and `TCP_ATO_MIN`: 40 ms. */
export const DELACK_MIN = HZ / 25;
/** `TCP_DELACK_MAX`: 200 ms. */
export const DELACK_MAX = HZ / 5;
/** `TCP_MAX_QUICKACKS`. */
export const QUICKACKS = 16;
/** `TCP_MSS_DEFAULT`, `TCP_MIN_MSS`: the receiver's first guess of the sender's segment size, and the least. */
export const MSS_GUESS = 536;
export const MSS_LEAST = 88;

/** sysctl `tcp_syn_retries`, `tcp_syn_linear_timeouts`, `tcp_synack_retries`, `tcp_retries2`, `tcp_orphan_retries`. */
export const SYN_RETRIES = 6;
export const SYN_LINEAR_TIMEOUTS = 4;
export const SYNACK_RETRIES = 5;
export const RETRIES2 = 15;
export const ORPHAN_RETRIES = 8;
/** sysctl `tcp_reordering`, `tcp_max_reordering`. */
export const REORDERING = 3;
export const REORDERING_MAX = 300;
/** `TCP_RACK_RECOVERY_THRESH`: recoveries without a DSACK after which RACK's window is narrow again. */
export const RACK_RECOVERY_THRESHOLD = 16;
/** sysctl `tcp_comp_sack_nr`, `tcp_comp_sack_delay_ns`. */
export const COMPRESSED_ACKS = 44;
export const COMPRESSED_ACK_US = 1000;
/** sysctl `tcp_rmem` (Linux 6.16 and later: up to 32 MB): half of a receive buffer is window. */
export const WINDOW_INITIAL = 65_535;
export const WINDOW_MAX = 33_554_432 / 2;
/** sysctl `tcp_min_rtt_wlen`. */
export const MIN_RTT_WINDOW_US = 300_000_000;

/** Why a segment was sent again: indexes of RESENT. */
export const WHY = { FIRST: 0, SYN: 1, RTO: 2, TLP: 3, RACK: 4, GO_BACK: 5 } as const;
