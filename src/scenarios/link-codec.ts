import type { Plan } from '../engine/contract/plan.ts';
import { plainNumber } from './schema/fields.ts';
import { LIMITS } from './schema/limits.ts';
import { parseScenario, problemsLine, type ScenarioInput, validate } from './validate.ts';

/** Version of the way a scenario is packed, before the dot. */
const VERSION = '1';

/** What a link says: a scenario that holds water, or one sentence about why not. */
export type Decoded = { ok: true; input: ScenarioInput; plan: Plan } | { ok: false; problem: string };

/**
 * Packs a scenario into letters that a URL's fragment can carry: JSON, deflated (RFC 1951), in base64url (RFC 4648 §5).
 * @param input what differs from the defaults is enough
 */
export async function encodeScenario(input: ScenarioInput): Promise<string> {
  const stream = new Blob([JSON.stringify(input)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return `${VERSION}.${toBase64Url(bytes)}`;
}

/** Unpacks and validates what {@link encodeScenario} made. Never throws, and never unpacks more than a scenario may be. */
export async function decodeScenario(text: string): Promise<Decoded> {
  const refuse = (problem: string): Decoded => ({ ok: false, problem });
  const [, version, payload] =
    /^(\d{1,4})\.([A-Za-z0-9_-]+)$/.exec(text.slice(0, LIMITS.textCharacters)) ?? [];
  if (text.length > LIMITS.textCharacters) return refuse('This link is longer than any scenario may be.');
  if (version === undefined || payload === undefined)
    return refuse('This link carries no scenario that can be read.');
  if (version !== VERSION)
    return refuse(`This link was made by another version (${version}); this one reads ${VERSION}.`);
  const json = await inflate(payload);
  if (json === 'broken') return refuse('This link is damaged: part of it is missing or changed.');
  if (json === 'huge') {
    return refuse(
      `This link holds more than the ${plainNumber(LIMITS.textCharacters)} bytes that a scenario may have.`,
    );
  }
  const parsed = parseScenario(json.text);
  if (!parsed.ok) return refuse('This link is damaged: what it holds is no JSON.');
  const validation = validate(parsed.input);
  if (!validation.ok)
    return refuse(`The scenario in this link does not hold: ${problemsLine(validation.problems)}`);
  return { ok: true, input: parsed.input as ScenarioInput, plan: validation.plan };
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
