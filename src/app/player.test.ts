import { describe, expect, it } from 'vitest';
import { Player, type WallClock } from './player.ts';

/** A wall clock that is turned by hand. */
class HandClock implements WallClock {
  ms = 0;
  #waiting: (() => void)[] = [];
  nowMs() {
    return this.ms;
  }
  nextFrame(callback: () => void) {
    this.#waiting.push(callback);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== callback);
    };
  }
  frame(ms: number) {
    this.ms += ms;
    const due = this.#waiting;
    this.#waiting = [];
    for (const callback of due) callback();
  }
  get idle() {
    return this.#waiting.length === 0;
  }
}

function setUp(knownUs = 10_000_000, endUs = 10_000_000) {
  const clock = new HandClock();
  const player = new Player(clock);
  player.extent(knownUs, endUs);
  clock.frame(0);
  return { clock, player };
}

describe('the player', () => {
  it('turns wall time into virtual time at its speed', () => {
    const { clock, player } = setUp();
    player.setSpeed(0.1);
    player.play();
    clock.frame(50);
    expect(player.nowUs).toBe(5000);
    player.setSpeed(4);
    clock.frame(50);
    expect(player.nowUs).toBe(205_000);
  });

  it('asks for frames only while it plays', () => {
    const { clock, player } = setUp();
    expect(clock.idle).toBe(true);
    player.play();
    clock.frame(16);
    expect(clock.idle).toBe(false);
    player.pause();
    clock.frame(16);
    expect(clock.idle).toBe(true);
  });

  it('waits where the simulation is, and goes on with it', () => {
    const { clock, player } = setUp(1000, 10_000_000);
    player.setSpeed(1);
    player.play();
    clock.frame(50);
    expect([player.nowUs, player.waiting]).toEqual([1000, true]);
    player.extent(5_000_000, 10_000_000);
    clock.frame(50);
    expect([player.nowUs, player.waiting]).toEqual([51_000, false]);
  });

  it('goes on to a wanted moment when that is simulated', () => {
    const { player } = setUp(1000, 10_000_000);
    player.seek(4_000_000);
    expect([player.nowUs, player.waiting]).toEqual([1000, true]);
    player.extent(6_000_000, 10_000_000);
    expect([player.nowUs, player.waiting]).toEqual([4_000_000, false]);
  });

  it('stops at the end, and plays from the start again', () => {
    const { clock, player } = setUp(50_000, 50_000);
    player.setSpeed(1);
    player.play();
    clock.frame(100);
    expect([player.nowUs, player.playing]).toEqual([50_000, false]);
    player.play();
    expect([player.nowUs, player.playing]).toEqual([0, true]);
  });

  it('tells once a frame, whatever happened in it', () => {
    const { clock, player } = setUp();
    let told = 0;
    player.subscribe(() => told++);
    player.seek(1);
    player.seek(2);
    player.extent(10_000_000, 10_000_000);
    clock.frame(16);
    expect(told).toBe(1);
  });

  it('does not jump after a sleep', () => {
    const { clock, player } = setUp();
    player.setSpeed(1);
    player.play();
    clock.frame(60_000);
    expect(player.nowUs).toBe(100_000);
  });

  it('tells where it is going before that is simulated', () => {
    const { player } = setUp(1_000_000);
    player.seek(4_000_000);
    expect([player.nowUs, player.aimUs]).toEqual([1_000_000, 4_000_000]);
    player.extent(5_000_000, 10_000_000);
    expect([player.nowUs, player.aimUs]).toEqual([4_000_000, 4_000_000]);
  });
});

it('moved by hand it says so until it rests; who takes turns has one after each jump, and at rest', () => {
  const clock = new HandClock();
  const player = new Player(clock);
  player.extent(10_000_000, 10_000_000);
  clock.frame(16);
  const told: string[] = [];
  const say = () => (player.settling ? 'turn' : player.jumped ? 'jump' : 'drag');
  player.subscribe(() => told.push(player.dragged ? say() : `rest ${say()}`));
  player.seek(2_000_000);
  for (let i = 0; i < 2; i++) clock.frame(16);
  player.seek(3_000_000);
  clock.frame(16);
  player.seek(3_100_000);
  for (let i = 0; i < 20; i++) clock.frame(16);
  expect(told).toEqual([
    ...['jump', 'turn', 'jump', 'drag', 'turn', 'turn'],
    ...['rest jump', 'rest turn', 'rest turn', 'rest turn'],
  ]);
  expect(clock.idle).toBe(true);
  expect(player.rests).toBe(true);
  player.seek(0);
  expect(player.rests).toBe(false);
  clock.frame(16);
  expect(player.rests).toBe(false);
});
