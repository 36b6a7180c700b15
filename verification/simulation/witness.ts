import type { Sequenced } from '../../reference-server/semantics/append/append.ts'
import { EMPTY_STREAM, type StreamState } from '../../reference-server/semantics/append/stream-state.ts'
import type { Batch } from '../../reference-server/semantics/batch/batch.ts'
import { isRefusal, type Refusal } from '../../reference-server/semantics/refusal.ts'
import type { Rules } from '../../reference-server/semantics/rules.ts'
import type { Store, Write } from '../../reference-server/store/store.ts'
import type { DiskWatch } from './disk.ts'
import type { SimulatedStream } from './simulated-stream.ts'

/** A batch that was sequenced, and what became of it. */
export interface Entry {
  readonly operation: number
  readonly stream: SimulatedStream
  readonly generation: number
  readonly sequenced: Sequenced
  /** `durable`: the disk said so, and no crash has shown that it lied. */
  fate: 'waiting' | 'durable' | 'lost'
  /** Virtual microseconds. */
  durableAt: number
}

interface Expected {
  readonly operation: number
  readonly stream: SimulatedStream
  /** The token that it sets. */
  readonly fence: string | undefined
}

interface Part {
  readonly entry: Entry
  readonly left: Set<Write>
}

/**
 * Stands between the backend and its rules, its store and the disk, and so knows what a client cannot: in which order
 * batches were sequenced, which of them are on the disk, and which a crash has taken.
 */
export class Witness implements DiskWatch {
  /** In the order in which they were sequenced. */
  readonly entries: Entry[] = []
  readonly #now: () => number
  readonly #asked: Map<Batch, Expected> = new Map()
  readonly #fences: Map<string, Entry> = new Map()
  readonly #byOperation: Map<number, Entry> = new Map()
  readonly #refused: Map<number, number> = new Map()
  readonly #parts: Map<Write, Part> = new Map()
  readonly #states: Map<string, StreamState> = new Map()
  #sequenced: Entry | undefined

  constructor(now: () => number) {
    this.#now = now
  }

  /** Says whose batch it is, before it is sent. */
  expect(batch: Batch, expected: Expected): void {
    this.#asked.set(batch, expected)
  }

  /** The batch that set this token. */
  fenced(stream: SimulatedStream, token: string): Entry | undefined {
    return this.#fences.get(`${stream.index}/${token}`)
  }

  entryOf(operation: number): Entry | undefined {
    return this.#byOperation.get(operation)
  }

  /** The stream that refused the operation, by its generation. */
  refusedBy(operation: number): number | undefined {
    return this.#refused.get(operation)
  }

  /** What the disk knows of a stream. */
  durable(stream: SimulatedStream, generation: number): StreamState {
    return this.#states.get(`${stream.index}/${generation}`) ?? EMPTY_STREAM
  }

  watchRules(rules: Rules): Rules {
    return {
      ...rules,
      append: (state, batch, ...rest) => {
        const outcome = rules.append(state, batch, ...rest)
        this.#decided(batch, outcome)
        return outcome
      },
    }
  }

  /** A batch is committed as soon as it is sequenced. */
  watchStore(store: Store): Store {
    return {
      ...store,
      commit: (writes) => {
        const entry = this.#sequenced
        this.#sequenced = undefined
        if (entry !== undefined) {
          const part = { entry, left: new Set(writes) }
          for (const write of writes) this.#parts.set(write, part)
        }
        return store.commit(writes)
      },
    }
  }

  kept(write: Write): void {
    const part = this.#parts.get(write)
    if (part === undefined || !part.left.delete(write) || part.left.size > 0) return
    const { entry } = part
    if (entry.fate === 'lost') return
    entry.fate = 'durable'
    entry.durableAt = this.#now()
    const key = `${entry.stream.index}/${entry.generation}`
    const { state } = entry.sequenced
    if (state.tail.seqNum > this.durable(entry.stream, entry.generation).tail.seqNum)
      this.#states.set(key, state)
  }

  lost(write: Write): void {
    const part = this.#parts.get(write)
    if (part !== undefined) part.entry.fate = 'lost'
  }

  /** What the store did not find when it was opened will never be there. */
  recovered(): void {
    for (const entry of this.entries) if (entry.fate === 'waiting') entry.fate = 'lost'
  }

  #decided(batch: Batch, outcome: Sequenced | Refusal): void {
    const asked = this.#asked.get(batch)
    if (asked === undefined) return
    const { operation, stream, fence } = asked
    if (isRefusal(outcome)) {
      this.#refused.set(operation, stream.generation)
      return
    }
    const entry: Entry = {
      operation,
      stream,
      generation: stream.generation,
      sequenced: outcome,
      fate: 'waiting',
      durableAt: Number.POSITIVE_INFINITY,
    }
    this.entries.push(entry)
    this.#byOperation.set(operation, entry)
    if (fence !== undefined) this.#fences.set(`${stream.index}/${fence}`, entry)
    this.#sequenced = entry
  }
}
