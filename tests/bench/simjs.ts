/** What the benchmark uses of simjs 2.0.3. */
interface SimJs {
  Sim: new () => { addEntity(entity: unknown): unknown; simulate(end: number): boolean };
  Facility: new (name: string) => unknown;
  Entity: new () => {
    time(): number;
    useFacility(
      facility: unknown,
      duration: number,
    ): { done(callback: () => void, context: unknown): unknown };
    setTimer(duration: number): { done(callback: () => void, context: unknown): unknown };
  };
}

/** The package exports nothing and hangs itself on `window`, so it is lent one while it loads. */
export async function loadSimJs(): Promise<SimJs> {
  const lent = globalThis as { window?: { Sim?: SimJs } };
  lent.window = {};
  // @ts-expect-error the package has no types
  await import('simjs');
  const { Sim } = lent.window;
  delete lent.window;
  if (Sim === undefined) throw new Error('simjs did not load');
  return Sim;
}
