/**
 * What this run has created, or may have. Clean-up deletes these basins and tokens and nothing else. A name that the run made
 * up itself carries the run's id, so a basin of that name is the run's whatever the answer was; any other name
 * becomes the run's only when the target says that it was created just now.
 */
export interface Inventory {
  /** A fresh name, its own from now on. */
  newBasinName(): string
  newStreamName(): string
  /** Ids for access tokens, its own from now on: one beginning, and each of these at the end of it. */
  newTokenIds(suffixes: readonly string[]): readonly string[]
  /** One more, of exactly so many bytes. */
  newTokenIdOf(length: number): string
  /** Before a create is sent: its answer may get lost. */
  basinAttempted(name: string): void
  /** The target said that it made this basin just now. */
  basinCreated(name: string): void
  /** Basins that may exist, in the order of their making; one that a check deleted stays, to be sure. */
  basins(): readonly string[]
  /** Tokens that may exist. */
  tokens(): readonly string[]
}

/** Names are `s2c-<run id>-<n>`, with one count for all kinds; `runId` is six or more of a-z0-9. */
export function createInventory(runId: string): Inventory {
  const prefix = `s2c-${runId}-`
  const basins = new Set<string>()
  const tokens = new Set<string>()
  let count = 0
  const newName = (): string => {
    count += 1
    return `${prefix}${count}`
  }
  return {
    newBasinName() {
      const name = newName()
      basins.add(name)
      return name
    },
    newStreamName: newName,
    newTokenIds(suffixes) {
      const begin = newName()
      const ids = suffixes.map((suffix) => `${begin}${suffix}`)
      for (const id of ids) tokens.add(id)
      return ids
    },
    newTokenIdOf(length) {
      const id = newName().padEnd(length, 'x')
      tokens.add(id)
      return id
    },
    basinAttempted(name) {
      if (name.startsWith(prefix)) basins.add(name)
    },
    basinCreated: (name) => void basins.add(name),
    basins: () => [...basins],
    tokens: () => [...tokens],
  }
}
