/** One value for each of these names, which have to be all that their type has. */
export const recordOf = <Name extends string, Value>(
  names: readonly Name[],
  of: (name: Name, index: number) => Value,
): Record<Name, Value> =>
  Object.fromEntries(names.map((name, index) => [name, of(name, index)])) as Record<Name, Value>
