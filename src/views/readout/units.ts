/** Space that keeps a number with its unit on one line. */
const NBSP = '\u00a0';

/** A number with thin spaces between thousands. `toLocaleString` would do, but costs more than the rest of a frame. */
const digits = (value: number, places: number): string =>
  value.toFixed(places).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, '\u202f');

/** A length of time in the unit that suits it: 0.42 ms, 52 ms, 1.05 s, 75 s. */
export function duration(us: number): string {
  const ms = us / 1000;
  if (ms < 0.9995) return `${digits(ms, 2)}${NBSP}ms`;
  if (ms < 9.95) return `${digits(ms, 1)}${NBSP}ms`;
  if (ms < 999.5) return `${digits(ms, 0)}${NBSP}ms`;
  if (ms < 9_995) return `${digits(ms / 1000, 2)}${NBSP}s`;
  if (ms < 99_950) return `${digits(ms / 1000, 1)}${NBSP}s`;
  return `${digits(ms / 1000, 0)}${NBSP}s`;
}

/** What is left of a wait, or how long one has lasted, in tenths of a second: calm enough to be read while it changes. */
export const waitSeconds = (us: number): string => `${digits(us / 1e6, 1)}${NBSP}s`;

/** A latency as a figure for a column whose header says ms. */
export function milliseconds(us: number): string {
  const ms = us / 1000;
  return digits(ms, ms < 0.9995 ? 2 : ms < 9.95 ? 1 : 0);
}

/** Bytes as a figure for a column whose header says kB (1000 bytes). */
export const kilobytes = (bytes: number): string => digits(bytes / 1000, bytes < 99_950 ? 1 : 0);

/** A whole number with thin spaces between thousands. */
export const count = (value: number): string => digits(Math.round(value), 0);

/** Virtual time as a clock shows it: 00:12.340, or 1:00:12.340 past the hour. */
export function clock(us: number): string {
  const ms = Math.floor(us / 1000);
  const pad = (value: number, length: number) => String(value).padStart(length, '0');
  const hours = Math.floor(ms / 3_600_000);
  const minutes = pad(Math.floor(ms / 60_000) % 60, 2);
  return `${hours > 0 ? `${hours}:` : ''}${minutes}:${pad(Math.floor(ms / 1000) % 60, 2)}.${pad(ms % 1000, 3)}`;
}

/** Virtual time in a sentence: 12.34 s. */
export const seconds = (us: number): string => `${digits(us / 1e6, 2)}${NBSP}s`;

/** A length that somebody chose, with no more figures than it needs: 10 s, 1.5 s. */
export const chosenSeconds = (us: number): string =>
  seconds(us).replace(/(\.\d*?)0+(?=\D)/, (_, kept: string) => (kept === '.' ? '' : kept));

/** "1 packet", "3 packets". */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;
