import { KIND } from '../../trace/trace.ts';
import type { Actor, PlainEvent, Role } from '../contract/place.ts';
import type { Sim } from '../contract/sim.ts';
import { compileMachine } from '../machine/compile.ts';
import { Population } from '../machine/population.ts';

/** The process that machines run at, as far as they need it. */
export interface RoleHome {
  readonly number: number;
  readonly paused: boolean;
  readonly actors: Set<Actor>;
}

type Effect = (owner: unknown, params: unknown, event: unknown) => void;

/** The machines of a backplane's roles, each kind compiled once, at whatever place they run. */
export class Roles {
  readonly #sim: Sim;
  readonly #kind: string;
  readonly #roles: Readonly<Record<string, Role>>;
  readonly #newActor: () => number;
  readonly #crowds = new Map<string, { population: Population; actors: (RoleActor | undefined)[] }>();

  /** @param kind of the backplane: roles are recorded as `<kind> <role>` @param newActor numbers a machine */
  constructor(sim: Sim, kind: string, roles: Readonly<Record<string, Role>>, newActor: () => number) {
    this.#sim = sim;
    this.#kind = kind;
    this.#roles = roles;
    this.#newActor = newActor;
  }

  /** Starts a machine. @param owner what its effects are called with */
  start(
    place: RoleHome,
    role: string,
    owner: unknown,
    context: Record<string, number>,
    connection: number,
  ): Actor {
    const { population, actors } = this.#crowd(role);
    const { trace, kernel } = this.#sim;
    const actor = new RoleActor(place, owner, population, this.#newActor());
    const roleText = trace.text(`${this.#kind} ${role}`);
    trace.add(KIND['role.started'], kernel.nowUs, actor.number, roleText, place.number, connection);
    actor.instance = population.add(context);
    actors[actor.instance] = actor;
    place.actors.add(actor);
    return actor;
  }

  /** The machines of a place go on: what waited for them is handled now. */
  resume(place: RoleHome): void {
    for (const actor of [...place.actors] as RoleActor[]) actor.resume();
  }

  #crowd(role: string) {
    const known = this.#crowds.get(role);
    if (known !== undefined) return known;
    const { machine, effects } = this.#roles[role] as Role;
    const { trace, kernel } = this.#sim;
    const actors: (RoleActor | undefined)[] = [];
    const timerText = (timer: number) => trace.text(population.timerName(timer));
    const population: Population = new Population(compileMachine(machine), kernel, {
      effect: (instance, name, params, event) => {
        const actor = actors[instance];
        // An effect before this one may have ended the machine.
        if (actor?.instance === instance) (effects[name] as Effect)(actor.owner, params, event);
      },
      moved: (instance, from, to, event) => {
        const texts = [trace.text(from), trace.text(to), trace.text(event)];
        trace.add(KIND['machine.moved'], kernel.nowUs, actors[instance]?.number ?? -1, ...texts);
      },
      held: (instance) => actors[instance]?.place.paused ?? false,
      due: (_, mark) => {
        trace.cause = mark;
      },
      timed: (instance, timer, delayUs) => {
        const number = actors[instance]?.number ?? -1;
        if (delayUs < 0) return trace.add(KIND['timer.stopped'], kernel.nowUs, number, timerText(timer));
        return trace.add(KIND['timer.started'], kernel.nowUs, number, timerText(timer), delayUs);
      },
    });
    const crowd = { population, actors };
    this.#crowds.set(role, crowd);
    return crowd;
  }
}

class RoleActor implements Actor {
  readonly number: number;
  readonly place: RoleHome;
  readonly owner: unknown;
  readonly #population: Population;
  /** -1: it is over. */
  instance = -1;

  constructor(place: RoleHome, owner: unknown, population: Population, number: number) {
    this.place = place;
    this.owner = owner;
    this.#population = population;
    this.number = number;
  }

  get state(): string {
    return this.instance < 0 ? '' : this.#population.state(this.instance);
  }

  send(event: PlainEvent): void {
    if (this.instance >= 0) this.#population.send(this.instance, event);
  }

  stop(): void {
    if (this.instance < 0) return;
    this.#population.remove(this.instance);
    this.instance = -1;
    this.place.actors.delete(this);
  }

  resume(): void {
    if (this.instance >= 0) this.#population.resume(this.instance);
  }
}
