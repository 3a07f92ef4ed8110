import { COLUMN, type Trace } from '../../trace/trace.ts';
import { readingOf } from '../reading/reading.ts';

const STARTED = COLUMN['timer.started'];
const STOPPED = COLUMN['timer.stopped'];
/** Timers of one actor that can run at a time; older starts than this many are not looked at. */
const LOOK_BACK = 24;

export interface RunningTimer {
  key: string;
  startedUs: number;
  dueUs: number;
}

/** The timers of an actor that run at a time: started, not yet due, not stopped and not set anew since. */
export function runningTimers(trace: Trace, actor: number, nowUs: number): RunningTimer[] {
  const { timersStarted, timersStopped } = readingOf(trace);
  const started = trace.table('timer.started');
  const stopped = trace.table('timer.stopped');
  const lastStop = new Map<number, number>();
  const stops = timersStopped.of(actor);
  const stopCount = timersStopped.countAt(actor, nowUs);
  for (let i = stopCount - 1; i >= Math.max(0, stopCount - LOOK_BACK); i--) {
    const row = stops[i] as number;
    const timer = stopped.get(row, STOPPED.timer);
    if (!lastStop.has(timer)) lastStop.set(timer, stopped.get(row, STOPPED.seq));
  }
  const starts = timersStarted.of(actor);
  const startCount = timersStarted.countAt(actor, nowUs);
  const seen = new Set<number>();
  const running: RunningTimer[] = [];
  for (let i = startCount - 1; i >= Math.max(0, startCount - LOOK_BACK); i--) {
    const row = starts[i] as number;
    const timer = started.get(row, STARTED.timer);
    if (seen.has(timer)) continue;
    seen.add(timer);
    const dueUs = started.atUs(row) + started.get(row, STARTED.dueAtUs);
    if (dueUs <= nowUs || (lastStop.get(timer) ?? -1) > started.get(row, STARTED.seq)) continue;
    running.push({ key: trace.strings[timer] ?? '', startedUs: started.atUs(row), dueUs });
  }
  return running.sort((a, b) => a.dueUs - b.dueUs);
}
