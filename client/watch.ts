import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * Somebody who stands between a check and what the target told it: sees what the check looks at, and may tell it something
 * else. Nobody does in a run; the tests of the suite do.
 */
export interface Watch {
  /** Clients and sessions whose calls bring answers, or a value that came. */
  over<Value>(value: Value, name: string): Value
  /** One attempt of a wait for something to become so. */
  attempt<Value>(attempt: () => Promise<Value>): Promise<Value>
}

const watches = new AsyncLocalStorage<Watch>()

/** Runs a check under watch. */
export const underWatch = <Value>(watch: Watch | undefined, run: () => Value): Value =>
  watch === undefined ? run() : watches.run(watch, run)

const asides = new AsyncLocalStorage<string>()

/**
 * Looks that judge nothing: they only tell whether the evidence came, and where they say that it did not, the check goes
 * for more of it, or is inconclusive. `why` says which.
 */
export const evidence = <Value>(why: string, look: () => Value): Value => asides.run(why, look)

/** Why what is looked at right now is not judged; undefined where it is. */
export const isEvidence = (): string | undefined => asides.getStore()

/** What a requirement has itself read out of bytes that came, so that these parts of it are seen one by one. */
export const watched = <Value>(value: Value, name: string): Value => {
  const watch = watches.getStore()
  return watch === undefined ? value : watch.over(value, name)
}
