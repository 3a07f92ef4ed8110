import type { Plan } from '../../engine/contract/plan.ts';
import type { Report } from '../../scenarios/report.ts';
import { Trace, type TraceHeader } from '../../trace/trace.ts';
import type { PageMessage, WorkerMessage } from './messages.ts';
import { receive } from './receive.ts';
import { SILENT, Watch } from './watch.ts';

/** As much of a `Worker` as is used here. */
export interface WorkerLike {
  postMessage(message: PageMessage): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<WorkerMessage>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** One run as the page knows it. It grows while the worker simulates. */
export interface RunInPage {
  readonly generation: number;
  readonly plan: Plan;
  readonly trace: Trace;
  /** `stopped`: a person did not want to wait for the rest of it. */
  state: 'simulating' | 'done' | 'stopped' | 'failed';
  /** Why it failed, in the program's own words. */
  failure: string | null;
  /** It failed because its worker was gone, which another worker may not be; the simulation itself did not fail. */
  crashed: boolean;
  /** Once it is done. */
  fingerprint: string | null;
  report: Report | null;
}

/** A run that is about to begin. @param header who is who, until the run says so itself */
export function begunRun(generation: number, plan: Plan, header: TraceHeader): RunInPage {
  const trace = new Trace('all');
  trace.header = header;
  return {
    generation,
    plan,
    trace,
    state: 'simulating',
    failure: null,
    crashed: false,
    fingerprint: null,
    report: null,
  };
}

/** The page's end of the worker: starts runs and keeps a copy of what the worker hands over. */
export class RunClient {
  readonly #spawn: () => WorkerLike;
  readonly #changed: (run: RunInPage) => void;
  #worker: WorkerLike | null = null;
  #run: RunInPage | null = null;
  #generation = 0;
  readonly #watch = new Watch(() => this.#fail(SILENT, true));

  /** @param changed called for every piece of news of the last run that was started */
  constructor(spawn: () => WorkerLike, changed: (run: RunInPage) => void) {
    this.#spawn = spawn;
    this.#changed = changed;
  }

  /**
   * Starts a run; one that is under way is given up.
   * @param header who is who, until the run says so itself
   */
  start(plan: Plan, header: TraceHeader): RunInPage {
    const generation = ++this.#generation;
    const run = begunRun(generation, plan, header);
    this.#run = run;
    this.#worker ??= this.#connect();
    this.#worker.postMessage({ kind: 'start', generation, plan });
    this.#watch.start();
    return run;
  }

  /** Gives up the run that is under way, if there is one. Nothing more is heard of it. */
  stop(): void {
    if (this.#run?.state === 'simulating')
      this.#worker?.postMessage({ kind: 'stop', generation: ++this.#generation });
    this.#run = null;
    this.#watch.stop();
  }

  /** Ends the run that is under way where it is: what is known of it stays. */
  halt(): void {
    const run = this.#run;
    if (run?.state !== 'simulating') return;
    this.stop();
    run.state = 'stopped';
    this.#changed(run);
  }

  #connect(): WorkerLike {
    const worker = this.#spawn();
    worker.onmessage = ({ data }) => this.#hear(data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.#fail(event.message || 'the worker could not be loaded', true);
    };
    return worker;
  }

  #hear(message: WorkerMessage): void {
    this.#watch.heard();
    const run = this.#run;
    if (run === null || message.generation !== run.generation) return;
    if (message.kind === 'failed') {
      this.#fail(message.message, false);
      return;
    }
    if (message.kind === 'news') receive(run.trace, message.news);
    else if (message.kind === 'done') {
      this.#watch.stop();
      run.state = 'done';
      run.fingerprint = message.fingerprint;
      run.report = message.report;
    }
    this.#changed(run);
  }

  /** A worker that failed is not trusted with another run: the next start makes a new one. */
  #fail(message: string, crashed: boolean): void {
    this.#watch.stop();
    this.#worker?.terminate();
    this.#worker = null;
    const run = this.#run;
    if (run?.state !== 'simulating') return; // nothing was asked of it, so nothing is lost
    run.state = 'failed';
    run.failure = message;
    run.crashed = crashed;
    this.#changed(run);
  }
}
