import { plainNumber } from './schema/fields.ts';
import { LIMITS } from './schema/limits.ts';

/** Version of the way a text is packed, before the dot. */
const VERSION = '1';

/** What was packed, or one sentence about why it cannot be read. */
export type Unpacked = { ok: true; text: string } | { ok: false; problem: string };

/** Packs a text into letters that a URL's fragment can carry: deflated (RFC 1951), in base64url (RFC 4648 §5). */
export async function pack(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return `${VERSION}.${toBase64Url(bytes)}`;
}

/**
 * Unpacks what {@link pack} made. Never throws, and never unpacks more than a scenario may be.
 * @param what what the link is expected to carry, as in “carries no scenario”
 */
export async function unpack(text: string, what: string): Promise<Unpacked> {
  const refuse = (problem: string): Unpacked => ({ ok: false, problem });
  const [, version, payload] =
    /^(\d{1,4})\.([A-Za-z0-9_-]+)$/.exec(text.slice(0, LIMITS.textCharacters)) ?? [];
  if (text.length > LIMITS.textCharacters) return refuse(`This link is longer than any ${what} may be.`);
  if (version === undefined || payload === undefined)
    return refuse(`This link carries no ${what} that can be read.`);
  if (version !== VERSION)
    return refuse(`This link was made by another version (${version}); this one reads ${VERSION}.`);
  const unpacked = await inflate(payload);
  if (unpacked === 'broken') return refuse('This link is damaged: part of it is missing or changed.');
  if (unpacked === 'huge') {
    return refuse(
      `This link holds more than the ${plainNumber(LIMITS.textCharacters)} bytes that a ${what} may have.`,
    );
  }
  return { ok: true, text: unpacked.text };
}

/** Reads no further than a scenario may be long: a few bytes can unpack to gigabytes. */
async function inflate(payload: string): Promise<{ text: string } | 'broken' | 'huge'> {
  try {
    const bytes = fromBase64Url(payload);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    const reader = stream.getReader();
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let text = '';
    let length = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { text: text + decoder.decode() };
      length += value.length;
      if (length > LIMITS.textCharacters) {
        await reader.cancel().catch(() => undefined);
        return 'huge';
      }
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    return 'broken';
  }
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192)
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @throws if the length is none that base64 has */
function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );
}
