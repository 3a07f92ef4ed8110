import type { Kernel } from '../../kernel/kernel.ts';
import type { CompiledMachine, MachineEvent, Step, Way } from './compile.ts';

/** What a population tells its host. */
export interface PopulationHost {
  /** Carries out an effect. It may send events, to this instance too: they wait until the effects before them are done. */
  effect(instance: number, name: string, params: unknown, event: MachineEvent): void;
  /** The instance went to another state. */
  moved?(instance: number, from: string, to: string, event: string): void;
  /** A timer (an index of the compiled machine's) was set, due in `delayUs`, or stopped (-1). What it returns for a set timer comes back with {@link due}. */
  timed?(instance: number, timer: number, delayUs: number): number;
  /** A timer is due; `mark` is what `timed` returned. */
  due?(instance: number, mark: number): void;
  /** While this says true for an instance, its events and timers wait; {@link Population.resume} lets them go on. */
  held?(instance: number): boolean;
}

/** Values that leave a machine's clock unset: a delay that never ends. */
const NEVER = Number.POSITIVE_INFINITY;

/**
 * Many instances of one machine: state, context and timers in typed columns, so that the machine that serves one client
 * under the lens can serve a crowd. Time is the kernel's; effects go to the host.
 */
export class Population {
  readonly compiled: CompiledMachine;
  readonly #kernel: Kernel;
  readonly #host: PopulationHost;
  readonly #timerHandler: number;
  #leaf = new Uint8Array(16);
  /** Context, a column for each key in the order of `contextKeys`. */
  readonly #columns: Float64Array[];
  /** Pending kernel event of each timer of each instance (0: none). */
  #pending: Float64Array;
  /** What the host said of each pending timer. */
  #marks: Float64Array;
  #size = 0;
  readonly #free: number[] = [];
  readonly #waiting = new Map<number, MachineEvent[]>();
  readonly #mailbox: [instance: number, event: MachineEvent][] = [];
  #busy = false;
  /** The one object that guards, assigns and delays read; its context looks at the instance at hand. */
  readonly #scope: { context: Record<string, number>; event: MachineEvent };
  #at = 0;

  constructor(compiled: CompiledMachine, kernel: Kernel, host: PopulationHost) {
    this.compiled = compiled;
    this.#kernel = kernel;
    this.#host = host;
    this.#timerHandler = kernel.handler((instance, timer) => this.#fire(instance, timer));
    this.#pending = new Float64Array(16 * compiled.timers.length);
    this.#marks = new Float64Array(16 * compiled.timers.length);
    this.#columns = compiled.contextKeys.map(() => new Float64Array(16));
    this.#scope = { context: this.#window(), event: { type: '', atUs: 0 } };
  }

  /** Adds an instance in its initial state. @param context values that differ from the machine's own */
  add(context: Record<string, number>): number {
    const instance = this.#free.pop() ?? this.#size++;
    if (instance >= this.#leaf.length) this.#grow();
    this.compiled.contextKeys.forEach((key, index) => {
      this.#column(index)[instance] = context[key] ?? (this.compiled.initialContext[key] as number);
    });
    this.#leaf[instance] = this.compiled.initial.leaf;
    this.#at = instance;
    this.#scope.event = { type: 'xstate.init', atUs: this.#kernel.nowUs };
    const effects: Step[] = [];
    this.#take(instance, this.compiled.initial.steps, effects, []);
    return instance;
  }

  /** Gives an instance back; its timers are stopped, and its number may be used again. */
  remove(instance: number): void {
    for (let timer = 0; timer < this.compiled.timers.length; timer++) this.#stop(instance, timer);
    this.#waiting.delete(instance);
    this.#free.push(instance);
  }

  /** The state an instance is in, as a path: `open.idle`. */
  state(instance: number): string {
    return this.compiled.leaves[this.#leaf[instance] as number] as string;
  }

  /** The name of a timer: its delay's in `setup()`. */
  timerName(timer: number): string {
    return (this.compiled.timers[timer] as { name: string }).name;
  }

  /** One value of an instance's context. */
  context(instance: number, key: string): number {
    return this.#column(this.compiled.contextKeys.indexOf(key))[instance] as number;
  }

  /** Sends an event to an instance. `atUs` is filled in. */
  send(instance: number, event: { type: string; [field: string]: number | string }): void {
    const stamped = event as MachineEvent;
    stamped.atUs = this.#kernel.nowUs;
    if (this.#host.held?.(instance)) {
      const events = this.#waiting.get(instance);
      if (events === undefined) this.#waiting.set(instance, [stamped]);
      else events.push(stamped);
      return;
    }
    if (this.#busy) {
      this.#mailbox.push([instance, stamped]);
      return;
    }
    this.#busy = true;
    this.#process(instance, stamped);
    for (let next = this.#mailbox.shift(); next !== undefined; next = this.#mailbox.shift())
      this.#process(...next);
    this.#busy = false;
  }

  /** Lets an instance go on that was held: what waited is sent now, in order. */
  resume(instance: number): void {
    const events = this.#waiting.get(instance);
    this.#waiting.delete(instance);
    for (const event of events ?? []) this.send(instance, event);
  }

  #process(instance: number, event: MachineEvent): void {
    const number = this.compiled.eventNumber.get(event.type);
    if (number === undefined) return;
    const before = this.#leaf[instance] as number;
    this.#at = instance;
    this.#scope.event = event;
    let way = this.#choose(this.compiled.ways[before * this.compiled.events.length + number] as Way[] | null);
    if (way === null) return;
    // Nearly every transition is a single step; only what comes after it needs a list to gather effects in.
    let effects: Step[] | null = null;
    let params: unknown[] | null = null;
    while (way !== null) {
      this.#leaf[instance] = way.leaf;
      if (way.steps.length > 0) {
        effects ??= [];
        params ??= [];
        this.#take(instance, way.steps, effects, params);
      }
      const always: Way[] | null = this.compiled.always[way.leaf] as Way[] | null;
      way = always === null ? null : this.#choose(always);
    }
    const after = this.#leaf[instance] as number;
    if (after !== before)
      this.#host.moved?.(
        instance,
        this.compiled.leaves[before] as string,
        this.compiled.leaves[after] as string,
        event.type,
      );
    if (effects === null || params === null) return;
    for (let i = 0; i < effects.length; i++)
      this.#host.effect(instance, (effects[i] as { name: string }).name, params[i], event);
  }

  #choose(ways: Way[] | null): Way | null {
    if (ways === null) return null;
    for (let i = 0; i < ways.length; i++) {
      const way = ways[i] as Way;
      if (way.guard === null || way.guard(this.#scope, way.guardParams)) return way;
    }
    return null;
  }

  /** Assigns and timers happen at once; effects are collected with their parameters as of now. */
  #take(instance: number, steps: Step[], effects: Step[], params: unknown[]): void {
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i] as Step;
      if (step.do === 'effect') {
        effects.push(step);
        params.push(step.params === undefined ? step.fixed : step.params(this.#scope));
      } else if (step.do === 'assign') this.#assign(instance, step);
      else if (step.do === 'start') this.#start(instance, step.timer);
      else this.#stop(instance, step.timer);
    }
  }

  /** XState evaluates every value of one assign on the context as it was before it. */
  #assign(instance: number, { columns, values }: Step & { do: 'assign' }): void {
    if (columns.length === 1) {
      this.#column(columns[0] as number)[instance] = this.#value(values[0]);
      return;
    }
    const results = values.map((value) => this.#value(value));
    for (let i = 0; i < results.length; i++)
      this.#column(columns[i] as number)[instance] = results[i] as number;
  }

  #value(value: unknown): number {
    return (typeof value === 'function' ? value(this.#scope) : value) as number;
  }

  /** What guards, assigns and delays see as `context`: the columns, at the instance at hand. */
  #window(): Record<string, number> {
    const window = {} as Record<string, number>;
    this.compiled.contextKeys.forEach((key, index) => {
      const get = () => (this.#columns[index] as Float64Array)[this.#at];
      Object.defineProperty(window, key, { enumerable: true, get });
    });
    return window;
  }

  #start(instance: number, timer: number): void {
    const { delayMs } = this.compiled.timers[timer] as { delayMs: unknown };
    const ms = (typeof delayMs === 'function' ? delayMs(this.#scope) : delayMs) as number;
    if (ms === NEVER) return;
    const delayUs = Math.max(0, Math.round(ms * 1000));
    const slot = instance * this.compiled.timers.length + timer;
    this.#kernel.cancel(this.#pending[slot] as number);
    this.#pending[slot] = this.#kernel.after(delayUs, this.#timerHandler, instance, timer);
    this.#marks[slot] = this.#host.timed?.(instance, timer, delayUs) ?? -1;
  }

  #stop(instance: number, timer: number): void {
    const slot = instance * this.compiled.timers.length + timer;
    const id = this.#pending[slot] as number;
    if (id === 0) return;
    this.#pending[slot] = 0;
    this.#kernel.cancel(id);
    this.#host.timed?.(instance, timer, -1);
  }

  #fire(instance: number, timer: number): void {
    const slot = instance * this.compiled.timers.length + timer;
    this.#pending[slot] = 0;
    this.#host.due?.(instance, this.#marks[slot] as number);
    this.send(instance, { type: (this.compiled.timers[timer] as { event: string }).event });
  }

  #column(index: number): Float64Array {
    return this.#columns[index] as Float64Array;
  }

  #grow(): void {
    const size = this.#leaf.length * 2;
    const leaf = new Uint8Array(size);
    leaf.set(this.#leaf);
    this.#leaf = leaf;
    this.#columns.forEach((old, index) => {
      const column = new Float64Array(size);
      column.set(old);
      this.#columns[index] = column;
    });
    const pending = new Float64Array(size * this.compiled.timers.length);
    pending.set(this.#pending);
    this.#pending = pending;
    const marks = new Float64Array(pending.length);
    marks.set(this.#marks);
    this.#marks = marks;
  }
}
