/** A registry of plug-ins: each kind, and the folder that it lives in, in the order in which they are offered. */
export type Registry = Readonly<Record<string, string>>;

/** Files of plug-ins by their paths, with what each exports: what `import.meta.glob` gives. */
type Files<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

/**
 * What the files in the registry's folders export, by kind and in the registry's order.
 * @param kindOf the kind of an export @throws if a line of the registry has nothing behind it
 */
export function registered<T>(
  registry: Registry,
  files: Files<T>,
  kindOf: (one: T) => string,
): Record<string, T> {
  const found = Object.entries(files).flatMap(([path, exports]) =>
    Object.values(exports).map((one) => [path.split('/')[1], kindOf(one), one] as const),
  );
  return Object.fromEntries(
    Object.entries(registry).map(([kind, folder]) => {
      const here = found.find(([where, what]) => where === folder && what === kind);
      if (here === undefined) throw new Error(`nothing in the folder ${folder} is of the kind ${kind}`);
      return [kind, here[2]];
    }),
  );
}
