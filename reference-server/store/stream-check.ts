import { messageOf } from '../../kit/message-of.ts'
import type { SeqNum } from '../../proto/types.ts'
import type { StreamState } from '../semantics/append/stream-state.ts'
import type { KeptRecord } from '../semantics/read/kept-record.ts'
import { Continuity } from './continuity.ts'
import { describeEntry } from './entry-kinds.ts'
import type { Level } from './format.ts'
import {
  batchKey,
  expiredKey,
  lastOfBatchKey,
  lastOfTimestampKey,
  SPACE,
  type StreamId,
  streamIdOfKey,
  timestampKey,
} from './keys.ts'
import { decodeBasin } from './stored-basin.ts'
import { decodeBatch } from './stored-batch.ts'
import { decodeState } from './stored-state.ts'
import { decodeStream, type StoredStream } from './stored-stream.ts'
import { decodeStreamId } from './stored-stream-id.ts'

/** One stream of which everything is checked against its state. */
interface Checked {
  readonly stored: StoredStream
  /** Undefined if it cannot be read: then its records cannot be checked against it. */
  state: StreamState | undefined
  /** Number of the first record that must be there. */
  first: SeqNum
  continuity: Continuity
}

/** Checks what entries say of each other. They are added in the order of their keys; damaged ones without their value. */
export class StreamCheck {
  readonly #level: Level
  readonly #marksExpired: boolean
  readonly #damaged: (what: string) => void
  readonly #basins: Set<string> = new Set()
  readonly #streams: Map<StreamId, Checked> = new Map()
  /** Streams, and basins, of which an entry is damaged: they are not missing. */
  #hasLostStreams = false
  #hasLostBasins = false
  #nextId: StreamId | undefined
  #records = 0

  /** `marksExpired` is false for data of format 1, where what has expired is not marked. */
  constructor(level: Level, marksExpired: boolean, damaged: (what: string) => void) {
    this.#level = level
    this.#marksExpired = marksExpired
    this.#damaged = damaged
  }

  get counts(): { readonly streams: number; readonly records: number } {
    return { streams: this.#streams.size, records: this.#records }
  }

  async add(key: Uint8Array, value: Uint8Array | undefined): Promise<void> {
    switch (key[0]) {
      case SPACE.nextStreamId:
        this.#nextId = value && decodeStreamId(value)
        return
      case SPACE.basin:
        if (value === undefined) this.#hasLostBasins = true
        else this.#basins.add(decodeBasin(value).name)
        return
      case SPACE.stream:
        return await this.#addStream(value)
      case SPACE.state:
        return this.#addState(key, value)
      case SPACE.batch:
        return await this.#addBatch(key, value)
      case SPACE.timestamp:
        return await this.#addTimestamp(key)
      case SPACE.trimming:
      case SPACE.deleting:
      case SPACE.emptiness:
      case SPACE.expired:
        this.#find(key)
    }
  }

  /** Checks the ends of all streams. */
  async end(): Promise<void> {
    for (const { stored, state, continuity } of this.#streams.values()) {
      if (state !== undefined) this.#check(stored, () => continuity.end(state.tail.seqNum))
    }
  }

  async #addStream(value: Uint8Array | undefined): Promise<void> {
    if (value === undefined) {
      this.#hasLostStreams = true
      return
    }
    const stored = decodeStream(value)
    const { id, basin, name } = stored
    if (!this.#basins.has(basin) && !this.#hasLostBasins)
      this.#damaged(`the basin ${JSON.stringify(basin)} of stream ${JSON.stringify(name)} is missing`)
    if (this.#nextId !== undefined && id >= this.#nextId)
      this.#damaged(
        `the number of the next stream, ${this.#nextId}, is taken by stream ${JSON.stringify(name)}`,
      )
    const expired = await this.#expired(id)
    const checked = {
      stored,
      state: decodeState(undefined),
      first: expired,
      continuity: this.#from(stored, expired),
    }
    this.#streams.set(id, checked)
  }

  #addState(key: Uint8Array, value: Uint8Array | undefined): void {
    const stream = this.#find(key)
    if (stream === undefined) return
    stream.state = value && decodeState(value)
    const trimPoint = stream.state?.trimPoint ?? 0n
    if (trimPoint > stream.first) stream.first = trimPoint
    stream.continuity = this.#from(stream.stored, stream.first)
  }

  async #addBatch(key: Uint8Array, value: Uint8Array | undefined): Promise<void> {
    const last = lastOfBatchKey(key)
    const records = value === undefined ? [] : decodeBatch(value)
    this.#records += records.length
    const stream = this.#find(key)
    if (stream === undefined || last < stream.first) return
    const { stored, state, continuity } = stream
    if (state !== undefined && last >= state.tail.seqNum)
      return this.#damaged(`${describeEntry(key)} is beyond the tail ${inWords(stored)}`)
    if (value === undefined) return continuity.skip(last)
    if (state !== undefined) this.#check(stored, () => continuity.add(key, records))
    await this.#checkIndexed(stored, records.at(-1))
  }

  /** Each batch can be found by the timestamp of its last record. */
  async #checkIndexed(stored: StoredStream, last: KeptRecord | undefined): Promise<void> {
    if (last === undefined || stored.deletedAt !== undefined) return
    const key = timestampKey(stored.id, last.timestamp, last.seqNum)
    if ((await this.#level.get(key)) === undefined)
      this.#damaged(`${describeEntry(key)} is missing ${inWords(stored)}`)
  }

  async #addTimestamp(key: Uint8Array): Promise<void> {
    const stream = this.#find(key)
    if (stream === undefined || stream.stored.deletedAt !== undefined) return
    const batch = batchKey(stream.stored.id, lastOfTimestampKey(key))
    if ((await this.#level.get(batch)) === undefined)
      this.#damaged(`${describeEntry(batch)} is missing ${inWords(stream.stored)}`)
  }

  /** The stream that an entry belongs to. */
  #find(key: Uint8Array): Checked | undefined {
    const stream = this.#streams.get(streamIdOfKey(key))
    if (stream === undefined && !this.#hasLostStreams)
      this.#damaged(`${describeEntry(key)} belongs to no stream`)
    return stream
  }

  /** A mark that is damaged is reported in its turn. */
  async #expired(id: StreamId): Promise<SeqNum> {
    const mark = await this.#level.get(expiredKey(id))
    return mark === undefined ? 0n : decodeStreamId(mark)
  }

  #from({ deletedAt }: StoredStream, first: SeqNum): Continuity {
    const mayLack = (): boolean => deletedAt !== undefined || !(this.#marksExpired || continuity.begun)
    const continuity: Continuity = new Continuity(first, mayLack)
    return continuity
  }

  #check(stored: StoredStream, check: () => void): void {
    try {
      check()
    } catch (error) {
      this.#damaged(`${messageOf(error)} ${inWords(stored)}`)
    }
  }
}

const inWords = ({ basin, name }: StoredStream): string =>
  `(stream ${JSON.stringify(name)} of basin ${JSON.stringify(basin)})`
