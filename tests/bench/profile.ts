import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A part of the house and its share of the processor's time, 0 to 1. */
export interface Part {
  name: string;
  share: number;
}

/** What is not work: waiting, and the profiler handing over what it found. */
const NOT_WORK = new Set(['idle', 'dispatch']);

type Place = (line: number, column: number) => string;

/**
 * Samples a piece of work and says where its time went: by folder of the source, each function's own time.
 * The bundle that runs is told from the sources by its map.
 */
export async function profile(work: () => unknown): Promise<Part[]> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  work();
  const { profile: found } = await session.post('Profiler.stop');
  session.disconnect();
  const { nodes, samples = [], timeDeltas = [] } = found;
  const place = placesOf(fileURLToPath(import.meta.url));
  const parts = new Map<number, string>();
  for (const { id, callFrame } of nodes) {
    const { functionName, url, lineNumber, columnNumber } = callFrame;
    const ours = url === import.meta.url;
    parts.set(id, ours ? place(lineNumber, columnNumber) : functionName.replace(/[()]/g, '') || 'other');
  }
  const spent = new Map<string, number>();
  samples.forEach((id, index) => {
    const part = parts.get(id) as string;
    if (NOT_WORK.has(part)) return;
    spent.set(part, (spent.get(part) ?? 0) + (timeDeltas[index] as number));
  });
  const all = [...spent.values()].reduce((sum, value) => sum + value, 0);
  return [...spent].map(([name, us]) => ({ name, share: us / all })).sort((a, b) => b.share - a.share);
}

/** Folder of the source that a place of the bundle was made from; two steps deep where a layer has parts. */
function placesOf(file: string): Place {
  const [, payload] =
    /sourceMappingURL=data:[^,]*base64,([A-Za-z0-9+/=]+)/.exec(readFileSync(file, 'utf8')) ?? [];
  if (payload === undefined) throw new Error('the benchmark was bundled without its map');
  const map = new SourceMap(JSON.parse(Buffer.from(payload, 'base64').toString('utf8')));
  return (line, column) => {
    const entry = map.findEntry(line, column);
    const source = 'originalSource' in entry ? entry.originalSource : '';
    const [, layer, part] = /\bsrc\/([a-z]+)\/(?:([a-z-]+)\/)?/.exec(source) ?? [];
    if (layer !== undefined) return part === undefined ? layer : `${layer}/${part}`;
    return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? 'other';
  };
}
