import exp from '@stdlib/math-base-special-exp';
import ln from '@stdlib/math-base-special-ln';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/**
 * A stream of random numbers with a name of its own.
 *
 * Every cause of randomness draws from the stream named for it (`link/alice/down/loss`), so a change in one place
 * does not move the luck of another. Only + − × ÷ and √ are used besides `ln` and `exp` from fdlibm ports in
 * JavaScript, so results do not hang on an engine's own Math.
 */
export interface RandomStream {
  /** Uniform in [0, 1), a multiple of 2^-32. */
  uniform(): number;
  /** Uniform integer in [0, below), below at most 2^32. */
  integer(below: number): number;
  /** Exponential with mean 1, by inversion: -ln(1 - u), u of 53 bits. */
  exponential(): number;
  /** Normal with mean 0 and standard deviation 1 (Marsaglia's polar method, the second value discarded). */
  normal(): number;
  /** Pareto with minimum 1 and the given shape: (1 - u)^(-1/shape). */
  pareto(shape: number): number;
}

/** @param seed the run's seed, an integer @param name the stream's own name */
export function randomStream(seed: number, name: string): RandomStream {
  return new NamedStream(seed, name);
}

/** Most streams are never drawn from (the luck of a link without jitter), so the state waits for the first number. */
class NamedStream implements RandomStream {
  readonly #seed: number;
  readonly #name: string;
  #generator: RandomGenerator | null = null;

  constructor(seed: number, name: string) {
    this.#seed = seed;
    this.#name = name;
  }

  uniform(): number {
    return (this.#next() >>> 0) / 4294967296;
  }

  integer(below: number): number {
    return Math.floor(this.uniform() * below);
  }

  exponential(): number {
    return -ln(1 - this.#fine());
  }

  normal(): number {
    for (;;) {
      const x = 2 * this.#fine() - 1;
      const y = 2 * this.#fine() - 1;
      const s = x * x + y * y;
      if (s > 0 && s < 1) return x * Math.sqrt((-2 * ln(s)) / s);
    }
  }

  pareto(shape: number): number {
    return exp(-ln(1 - this.#fine()) / shape);
  }

  #next(): number {
    this.#generator ??= xoroshiro128plusFromState(stateOf(this.#seed, this.#name));
    return this.#generator.next();
  }

  /** 53 bits. */
  #fine(): number {
    return ((this.#next() >>> 6) * 134217728 + (this.#next() >>> 5)) / 9007199254740992;
  }
}

/**
 * Four 32-bit words from seed and name: the bytes run through four lanes of FNV-1a with different starts, each
 * finished by MurmurHash3's mixer, so that names that differ in one character give unrelated states.
 */
function stateOf(seed: number, name: string): [number, number, number, number] {
  const text = `${seed}/${name}`;
  const lane = (start: number) => {
    let h = 0x811c9dc5 ^ start;
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return h ^ (h >>> 16);
  };
  // A state of all zeros would stay zero.
  return [lane(0), lane(0x9e3779b9), lane(0x3c6ef372), lane(0xdaa66d2b) | 1];
}
