import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Plan } from '../../engine/contract/plan.ts';
import { CHUNK_ROWS } from '../../trace/table.ts';
import { KIND, Trace, type TraceHeader } from '../../trace/trace.ts';
import { RunClient, type RunInPage, type WorkerLike } from './client.ts';
import { HandOver } from './hand-over.ts';
import type { StartMessage, WorkerMessage } from './messages.ts';
import { receive } from './receive.ts';
import { SecondTry } from './second-try.ts';

const header = { scenarioName: 'test', links: [{ name: 'a/1' }] } as TraceHeader;

function addSome(trace: Trace, count: number): void {
  for (let i = 0; i < count; i++) {
    const at = trace.records;
    if (at % 3 === 0) trace.add(KIND['message.published'], at, at, 0, 1, 100, trace.text(`t${at % 50}`));
    else
      trace.add(KIND['packet.sent'], at, at % 7, at, 40, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1, trace.text('loss'));
  }
  trace.knownUntilUs = trace.records;
}

describe('handing a trace over', () => {
  it('arrives record for record, however the hand-overs fall', () => {
    const made = new Trace('all');
    made.header = header;
    const copy = new Trace('all');
    const handOver = new HandOver(made);
    const expected = new Trace('all');
    expected.header = header;
    // Pieces that end within a chunk, fill one exactly, and span more than one.
    for (const piece of [0, 1, 10, 5000, CHUNK_ROWS * 3 - 5011, 40_000, 7]) {
      addSome(made, piece);
      addSome(expected, piece);
      const { news, transfer } = handOver.take();
      receive(copy, structuredClone(news, { transfer: transfer as ArrayBuffer[] }));
      expect(copy.records).toBe(expected.records);
    }
    expect(copy.header).toEqual(header);
    expect(copy.knownUntilUs).toBe(expected.knownUntilUs);
    expect(copy.strings).toEqual(expected.strings);
    const tables = (trace: Trace) => trace.tables.map((table) => table.length);
    expect(tables(copy)).toEqual(tables(expected));
    for (const row of [
      0,
      4999,
      CHUNK_ROWS - 1,
      CHUNK_ROWS,
      2 * CHUNK_ROWS + 3,
      copy.table('packet.sent').length - 1,
    ]) {
      expect(copy.record('packet.sent', row)).toEqual(expected.record('packet.sent', row));
    }
    expect([...copy.all()].length).toBe(expected.records);
  });

  it('sends nothing twice', () => {
    const made = new Trace('all');
    addSome(made, 100);
    const handOver = new HandOver(made);
    handOver.take();
    const { news } = handOver.take();
    expect([news.full, news.tails, news.strings]).toEqual([[], [], []]);
  });
});

class FakeWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  started: StartMessage[] = [];
  terminated = false;
  postMessage(message: StartMessage) {
    this.started.push(message);
  }
  terminate() {
    this.terminated = true;
  }
  say(message: WorkerMessage) {
    this.onmessage?.({ data: message } as MessageEvent<WorkerMessage>);
  }
}

describe('the page’s end of the worker', () => {
  const plan = { name: 'test' } as Plan;
  const news = { header, full: [], tails: [], strings: [], records: 5, omitted: 0, knownUntilUs: 9 };

  it('ignores what an old run still has to say', () => {
    const worker = new FakeWorker();
    const heard: RunInPage[] = [];
    const client = new RunClient(
      () => worker,
      (run) => heard.push(run),
    );
    const first = client.start(plan, header);
    const second = client.start(plan, header);
    worker.say({ kind: 'news', generation: first.generation, news });
    expect(heard).toEqual([]);
    worker.say({ kind: 'news', generation: second.generation, news });
    expect(heard).toEqual([second]);
    expect([first.trace.records, second.trace.records]).toEqual([0, 5]);
  });

  it('says that a worker crashed, and runs again in a new one', () => {
    const workers: FakeWorker[] = [];
    let last: RunInPage | null = null;
    const client = new RunClient(
      () => {
        const worker = new FakeWorker();
        workers.push(worker);
        return worker;
      },
      (run) => {
        last = run;
      },
    );
    client.start(plan, header);
    workers[0]?.onerror?.({ message: 'out of memory' } as ErrorEvent);
    expect(last).toMatchObject({ state: 'failed', failure: 'out of memory' });
    expect(workers[0]?.terminated).toBe(true);
    client.start(plan, header);
    expect(workers[1]?.started).toHaveLength(1);
  });

  it('leaves a finished run alone when its worker goes afterwards', () => {
    const worker = new FakeWorker();
    const client = new RunClient(
      () => worker,
      () => {},
    );
    const run = client.start(plan, header);
    const report = {} as NonNullable<RunInPage['report']>;
    worker.say({ kind: 'done', generation: run.generation, fingerprint: 'f', report });
    worker.onerror?.({ message: 'gone' } as ErrorEvent);
    expect(run).toMatchObject({ state: 'done', fingerprint: 'f', failure: null });
  });
});

describe('a worker that says nothing', () => {
  afterEach(() => vi.useRealTimers());

  it('counts as gone after ten looks in a row, and not while it says something now and then', () => {
    vi.useFakeTimers();
    const worker = new FakeWorker();
    const client = new RunClient(
      () => worker,
      () => {},
    );
    const run = client.start({ name: 'test' } as Plan, header);
    const news = { header, full: [], tails: [], strings: [], records: 5, omitted: 0, knownUntilUs: 9 };
    for (let i = 0; i < 5; i++) {
      vi.advanceTimersByTime(9000);
      worker.say({ kind: 'news', generation: run.generation, news });
    }
    expect(run.state).toBe('simulating');
    vi.advanceTimersByTime(10_000);
    expect(run).toMatchObject({ state: 'failed', crashed: true });
    expect(worker.terminated).toBe(true);
  });

  it('is tried once more, and only once a plan', () => {
    const tries = new SecondTry();
    const plan = { name: 'test' } as Plan;
    const failed = (crashed: boolean, of = plan) => ({ state: 'failed', crashed, plan: of }) as RunInPage;
    expect(tries.allows(failed(false))).toBe(false);
    expect([tries.allows(failed(true)), tries.allows(failed(true))]).toEqual([true, false]);
    expect(tries.allows(failed(true, { name: 'other' } as Plan))).toBe(true);
  });
});
