/**
 * What a scenario may ask for at most. Everything beyond is refused before the run, with a sentence that says which
 * limit and by how much; nothing is cut off in silence. The contract wants at least one hour, 1,000 clients,
 * 10,000 messages a second and 10 million events.
 */
export const LIMITS = {
  /** Characters of a scenario's text. */
  textCharacters: 1_048_576,
  /** Objects within lists within objects … */
  depth: 12,
  durationMs: 3_600_000,
  settleMs: 3_600_000,
  servers: 100,
  publishers: 200,
  groups: 200,
  /** Clients of all groups together. */
  clients: 20_000,
  roomsOfAGroup: 100,
  /** Messages a second, of all publishers together. */
  messagesPerSecond: 20_000,
  /** Deliveries: messages times the clients that watch their room. Each is a sample of the report. */
  deliveries: 20_000_000,
  /** Kernel events, as estimated before the run. */
  events: 100_000_000,
  faults: 1_000,
  expectations: 1_000,
  /** Times of one `at`. */
  times: 100_000,
  bytes: 1_000_000,
  /** Problems that are listed; more are counted only. */
  problems: 20,
} as const;
