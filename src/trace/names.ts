import type { TraceHeader } from './header.ts';

/** As a sentence or a title begins. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** With a capital and without hyphens, as a name stands on a card: "editor" is "Editor", "server-1" is "Server 1". */
export const asName = (name: string): string => capital(name.replaceAll('-', ' '));

/**
 * What people call whom a fault is aimed at, as on its card: `sse/2` is "SSE 2", `server-1` "Server 1", `redis` "Redis". A
 * name of several, such as `servers`, stays as it is.
 */
export function targetTitle(
  { clients, places, loadBalancer }: Pick<TraceHeader, 'clients' | 'places' | 'loadBalancer'>,
  target: string,
): string {
  const [name = '', number] = target.split('/');
  const members = clients.filter(({ group }) => group === name);
  const [one] = members;
  if (one !== undefined) {
    const title = asName(one.groupTitle || name);
    return number === undefined || members.length === 1 ? title : `${title} ${number}`;
  }
  const place = places.find((other) => other.name === target);
  if (place !== undefined) return place.title || asName(target);
  return target === loadBalancer?.name ? asName(target) : target;
}

/** A partition in a few words, for a list or a timeline. @param way which way nothing gets through */
export function partedWords([a = '', b = '']: readonly string[], way: string | undefined): string {
  if (way === 'forth') return `nothing from ${a} to ${b}`;
  return way === 'back' ? `nothing from ${b} to ${a}` : `${a} and ${b} parted`;
}
