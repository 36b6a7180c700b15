/** What is counted by name in several places, together. */
export function addCounts(
  all: readonly Readonly<Record<string, number | undefined>>[],
): Record<string, number> {
  const sums = new Map<string, number>()
  for (const [name, count = 0] of all.flatMap((each) => Object.entries(each)))
    sums.set(name, (sums.get(name) ?? 0) + count)
  return Object.fromEntries(sums)
}
