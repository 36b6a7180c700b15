import type { Append, Appender, Ending, OnEnding, OnUnexpectedAck } from '../../transport/appender.ts'
import { Lane } from './lane.ts'
import type { WriterReport } from './messages.ts'

export type OnLaneEnding = (lane: Lane, append: Append, ending: Ending) => void

export interface LanesParts {
  /** The streams of this thread. */
  readonly streams: readonly number[]
  /** Lanes that each stream begins with. */
  readonly perStream: number
  /** Appends that one lane has under way in a closed loop. */
  readonly depth: number
  /** Whether a lane takes any number of them: a session does, a unary request is alone. */
  readonly isPipelined: boolean
  /** The first number for writers of this thread. */
  readonly firstWriter: number
  createAppender(stream: number, onEnding: OnEnding, onStray: OnUnexpectedAck): Appender
  readonly onEnding: OnLaneEnding
}

/**
 * The lanes of one thread. In an open loop a stream whose lanes are all busy with unary appends gets a further one, so
 * that nothing waits for what came before.
 */
export class Lanes {
  readonly #parts: LanesParts
  readonly #ofStream = new Map<number, Lane[]>()
  readonly #free = new Map<number, Lane[]>()
  readonly #turns = new Map<number, number>()
  readonly #lanes: Lane[] = []
  #writers = 0

  constructor(parts: LanesParts) {
    this.#parts = parts
    for (const stream of parts.streams)
      for (let lane = 0; lane < parts.perStream; lane++) this.#create(stream)
  }

  get depth(): number {
    return this.#parts.depth
  }

  all(): readonly Lane[] {
    return this.#lanes
  }

  async open(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.appender.open()))
  }

  /** One that may append now; it is given back when it has. */
  free(stream: number): Lane {
    if (!this.#parts.isPipelined) return this.#free.get(stream)?.pop() ?? this.#take(this.#create(stream))
    const lanes = this.#ofStream.get(stream) ?? []
    const turn = this.#turns.get(stream) ?? 0
    this.#turns.set(stream, turn + 1)
    const lane = lanes[turn % lanes.length]
    if (lane === undefined) throw new RangeError(`stream ${stream} is not of this thread`)
    return lane
  }

  release(lane: Lane): void {
    if (!this.#parts.isPipelined) this.#free.get(lane.stream)?.push(lane)
  }

  reports(): readonly WriterReport[] {
    return this.#lanes.flatMap((lane) => lane.reports())
  }

  close(): void {
    for (const lane of this.#lanes) lane.appender.close()
  }

  #create(stream: number): Lane {
    const lane: Lane = new Lane(
      stream,
      () => this.#parts.firstWriter + this.#writers++,
      this.#parts.createAppender(
        stream,
        (append, ending) => this.#parts.onEnding(lane, append, ending),
        (acked) => lane.stray(acked),
      ),
    )
    this.#lanes.push(lane)
    listIn(this.#ofStream, stream).push(lane)
    listIn(this.#free, stream).push(lane)
    return lane
  }

  #take(lane: Lane): Lane {
    const free = listIn(this.#free, lane.stream)
    free.splice(free.indexOf(lane), 1)
    return lane
  }
}

function listIn(map: Map<number, Lane[]>, key: number): Lane[] {
  const list = map.get(key) ?? []
  map.set(key, list)
  return list
}
