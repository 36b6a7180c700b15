import { type Refusal, refuse } from '../semantics/refusal.ts'
import { StoreError } from '../store/store-error.ts'
import type { StoredStream } from '../store/stored-stream.ts'
import { storageRefusal } from './storage-refusal.ts'

/** Different findings that are reported. */
const MAX_FINDINGS = 100

/** What was found damaged in the store. Each finding is reported once; the server is not healthy from the first on. */
export class Damage {
  readonly #findings: Set<string> = new Set()
  readonly #report: (finding: StoreError) => void

  constructor(report: (finding: StoreError) => void) {
    this.#report = report
  }

  get found(): boolean {
    return this.#findings.size > 0
  }

  /** Records the finding and returns true, if the error is one. */
  note(error: unknown): boolean {
    if (!isDamage(error)) return false
    if (this.#findings.has(error.message) || this.#findings.size >= MAX_FINDINGS) return true
    this.#findings.add(error.message)
    this.#report(error)
    return true
  }

  /** As `storageRefusal`. What is damaged is told to the operator alone, as it may name what the client must not see. */
  readonly refusal = (error: unknown): Refusal =>
    this.note(error)
      ? refuse('storage', 'the stored data is damaged; the log of the server names the damage')
      : storageRefusal(error)
}

export const isDamage = (error: unknown): error is StoreError =>
  error instanceof StoreError && error.fault === 'corrupt'

type Names = Pick<StoredStream, 'basin' | 'name'>

/** Adds the names of the stream to damage that was found in its data. */
export function inStream(error: unknown, { basin, name }: Names): unknown {
  if (!isDamage(error)) return error
  const names = `(stream ${JSON.stringify(name)} of basin ${JSON.stringify(basin)})`
  if (error.message.includes(names)) return error
  return new StoreError('corrupt', `${error.message} ${names}`, error)
}

/** Runs work on the data of one stream; damage that it meets carries the names of the stream. */
export async function onStream<Result>(names: Names, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw inStream(error, names)
  }
}
