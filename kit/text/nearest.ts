/** Returns the name that a mistyped word most likely means, or undefined if none is near. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const beginning = names.filter((name) => word.length >= 3 && name.startsWith(word))
  if (beginning.length === 1) return beginning[0]
  const limit = Math.min(3, Math.max(1, Math.floor(word.length / 3)))
  const near = names
    .map((name) => ({ name, edits: editsBetween(word, name) }))
    .filter(({ edits }) => edits <= limit && edits < word.length)
  return near.toSorted((a, b) => a.edits - b.edits)[0]?.name
}

/** Counts characters inserted, deleted or replaced, and neighbours exchanged (optimal string alignment). */
function editsBetween(from: string, to: string): number {
  let previous: readonly number[] = []
  let row: readonly number[] = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1]
      const isExchanged = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      next[j] = Math.min(
        at(row, j) + 1,
        at(next, j - 1) + 1,
        at(row, j - 1) + (isSame ? 0 : 1),
        isExchanged ? at(previous, j - 2) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    previous = row
    row = next
  }
  return at(row, to.length)
}

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY
