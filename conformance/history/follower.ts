import { ConformanceFailure } from '../../client/failures.ts'
import type { ReadSession, StreamClient } from '../../client/stream-client.ts'
import { TargetError } from '../../client/target-error.ts'
import type { Seen } from './operation.ts'
import type { OperationLog } from './operation-log.ts'
import { seen } from './perform.ts'

export interface FollowerParts {
  /** Over a transport that has read sessions. */
  readonly stream: StreamClient
  readonly client: number
  readonly notebook: OperationLog
  /** Waited for before a session that ended is opened again. */
  readonly pause: () => Promise<void>
  /** Called with an answer that cannot be read; absent, it ends the follower. */
  readonly onUnreadable?: (failure: ConformanceFailure) => void
}

/** A client that follows a stream from its beginning, and goes on where it was whenever its session ends. */
export class Follower {
  readonly records: Seen[] = []
  /** Sessions that were opened. */
  sessions = 0
  readonly #parts: FollowerParts
  #next = 0n
  #goal: bigint | undefined
  #session: ReadSession | undefined
  #isOver = false

  constructor(parts: FollowerParts) {
    this.#parts = parts
  }

  /** The number that is due. */
  get next(): bigint {
    return this.#next
  }

  /** Follows until it has reached its goal or is told to stop. */
  async run(): Promise<void> {
    const { stream, pause, onUnreadable } = this.#parts
    while (!this.#isOver) {
      const called = this.#parts.notebook.now()
      try {
        const { value } = await stream.openReadAnswer({ seqNum: this.#next })
        if (value !== undefined) await this.#follow(value, called)
      } catch (error) {
        if (error instanceof ConformanceFailure && onUnreadable !== undefined) onUnreadable(error)
        else if (!(error instanceof TargetError)) throw error
      }
      if (!this.#isOver) await pause()
    }
  }

  /** Nothing comes after this number: who has reached it may go. */
  finishAt(goal: bigint): void {
    this.#goal = goal
    if (this.#next >= goal) this.stop()
  }

  stop(): void {
    this.#isOver = true
    this.#session?.cancel()
  }

  async #follow(session: ReadSession, called: number): Promise<void> {
    this.sessions++
    this.#session = session
    try {
      while (!this.#isOver) {
        const event = await session.next()
        if (event.kind === 'end' || event.kind === 'error') return
        if (event.kind === 'batch') this.#take(event.batch.records.map(seen), called)
      }
    } finally {
      this.#session = undefined
      session.cancel()
    }
  }

  #take(records: readonly Seen[], called: number): void {
    const last = records.at(-1)
    if (last === undefined) return
    const { notebook, client } = this.#parts
    const did = { action: 'follow', from: this.#next } as const
    notebook.add(client, called, did, { outcome: 'records', records, complete: false })
    this.records.push(...records)
    this.#next = last.seqNum + 1n
    if (this.#goal !== undefined && this.#next >= this.#goal) this.#isOver = true
  }
}
