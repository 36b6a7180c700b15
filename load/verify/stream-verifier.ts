import type { Filler } from './filler.ts'
import { RunLog } from './run-log.ts'
import type { Stamp } from './stamp-layout.ts'
import { StampReader } from './stamp-reader.ts'
import type { Anomaly, Violations } from './violation.ts'

export interface VerifierParts {
  readonly stream: string
  readonly tag: number
  readonly filler: Filler
  /** Encoded, of every record; none by default. */
  readonly headers?: Buffer
  readonly violations: Violations
  /** The first record that this reader must see. */
  readonly start: number
}

/** No writer has this number. */
const NONE = -1

/** Looks at every record that one reader gets of one stream, in the order in which it gets them. */
export class StreamVerifier {
  readonly #parts: VerifierParts
  readonly #writers = new Map<number, RunLog>()
  readonly #stamps: StampReader
  readonly #headers: Buffer
  #next: number
  #timestamp = 0
  /** The record that must follow while a batch is under way; the writer is `NONE` where none is. */
  #dueWriter = NONE
  #dueIndex = 0
  #duePlace = 0
  /** A reader that begins in the middle of a stream may begin in the middle of a batch, and no other. */
  #mayBeWithin: boolean
  #lastWriter = NONE
  #lastLog: RunLog | undefined

  constructor(parts: VerifierParts) {
    this.#parts = parts
    this.#stamps = new StampReader(parts.tag, parts.filler)
    this.#headers = parts.headers ?? Buffer.alloc(0)
    this.#next = parts.start
    this.#mayBeWithin = parts.start > 0
  }

  /** The sequence number that must come next. */
  get next(): number {
    return this.#next
  }

  /** Where each writer's records were seen. */
  get writers(): ReadonlyMap<number, RunLog> {
    return this.#writers
  }

  /**
   * One record; its body lies in `bytes` from `begin` to `end`, and its headers, where it has some, as the last two say. Returns
   * when it was to be appended, in microseconds since 1970, or undefined for one that this run has not written.
   */
  see(
    seqNum: number,
    timestamp: number,
    bytes: Buffer,
    begin: number,
    end: number,
    headersBegin = 0,
    headersEnd = 0,
  ): number | undefined {
    this.#checkPlace(seqNum)
    if (timestamp < this.#timestamp)
      this.#find('timestamp-regression', seqNum, `timestamp ${timestamp} follows ${this.#timestamp}`)
    this.#timestamp = timestamp
    const damage = this.#stamps.read(bytes, begin, end)
    if (damage !== undefined) {
      this.#find('foreign-bytes', seqNum, `a body of ${end - begin} bytes is ${damage}`)
      this.#dueWriter = NONE
      return undefined
    }
    if (!this.#areHeaders(bytes, headersBegin, headersEnd))
      this.#find('foreign-bytes', seqNum, 'its headers are not those that were written')
    const { stamp } = this.#stamps
    this.#checkBatch(seqNum, stamp)
    this.#checkWriter(seqNum, stamp)
    return stamp.intendedUs
  }

  /** The stream ends with what was seen: nothing may be under way. */
  seeEnd(): void {
    if (this.#dueWriter === NONE) return
    this.#find(
      'torn-batch',
      this.#next,
      `the stream ends, and record ${this.#dueIndex} of writer ${this.#dueWriter} was due`,
    )
    this.#dueWriter = NONE
  }

  #areHeaders(bytes: Buffer, begin: number, end: number): boolean {
    const { length } = this.#headers
    return end - begin === length && (length === 0 || this.#headers.compare(bytes, begin, end) === 0)
  }

  #checkPlace(seqNum: number): void {
    if (seqNum > this.#next) this.#find('gap', seqNum, `${seqNum} follows ${this.#next - 1}`)
    if (seqNum < this.#next) this.#find('reorder', seqNum, `${seqNum} follows ${this.#next - 1}`)
    this.#next = seqNum + 1
  }

  /** All records of a batch stand together, from the first to the last. */
  #checkBatch(seqNum: number, { writer, index, place, size }: Stamp): void {
    const isUnderWay = this.#dueWriter !== NONE
    const follows = isUnderWay
      ? this.#dueWriter === writer && this.#dueIndex === index && this.#duePlace === place
      : place === 0 || this.#mayBeWithin
    this.#mayBeWithin = false
    if (!follows) {
      const due = isUnderWay
        ? `record ${this.#dueIndex} of writer ${this.#dueWriter}`
        : 'the first of a batch'
      this.#find(
        'torn-batch',
        seqNum,
        `place ${place} of a batch of ${size} of writer ${writer}, and ${due} was due`,
      )
    }
    this.#dueWriter = place + 1 < size ? writer : NONE
    this.#dueIndex = index + 1
    this.#duePlace = place + 1
  }

  /** A writer's records come in its order and once; that none is missing is seen when all that it was told is compared. */
  #checkWriter(seqNum: number, { writer, index }: Stamp): void {
    const log = this.#logOf(writer)
    if (index < log.end) {
      this.#find('duplicate', seqNum, `record ${index} of writer ${writer} comes again, after ${log.end - 1}`)
      return
    }
    log.add(index, 1, seqNum)
  }

  #logOf(writer: number): RunLog {
    if (writer === this.#lastWriter && this.#lastLog !== undefined) return this.#lastLog
    const log = this.#writers.get(writer) ?? new RunLog()
    this.#writers.set(writer, log)
    this.#lastWriter = writer
    this.#lastLog = log
    return log
  }

  #find(anomaly: Anomaly, seqNum: number, what: string): void {
    this.#parts.violations.add({ anomaly, stream: this.#parts.stream, seqNum, what })
  }
}
