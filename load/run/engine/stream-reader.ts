import type { Reader } from '../../transport/reader.ts'
import type { BatchVisitor } from '../../transport/scan.ts'
import { isMalformed, whyOf } from '../../transport/transport-error.ts'
import { NoopVerifier } from '../../verify/noop-verifier.ts'
import { StreamVerifier } from '../../verify/stream-verifier.ts'
import { Violations } from '../../verify/violation.ts'
import type { Reads } from '../../workload/workload.ts'
import type { EngineParts } from './engine-parts.ts'
import type { ReaderReport } from './messages.ts'
import { isKnownTail, type Tail } from './tail.ts'

export interface StreamReaderParts extends EngineParts {
  readonly stream: number
  readonly reads: Reads
  /** Whether what it reads is timed, from the planned moment on, or only counted as caught up. */
  readonly isTail: boolean
}

const TAIL_COUNTERS = ['readRecords', 'readBytes'] as const
const CATCH_UP_COUNTERS = ['caughtUpRecords', 'caughtUpBytes'] as const

/** A connection that is lost is opened again this often before the reader gives up; a record makes good what was lost. */
const ATTEMPTS = 300
/** The same where the target broke its protocol each time, which costs more than a lost connection. */
const MALFORMED_ATTEMPTS = 3
const BACK_OFF_MS = 100

/** One reader of one stream, from its first record on, that looks at every record. */
export class StreamReader {
  readonly stream: number
  readonly #isTail: boolean
  readonly #verifier: StreamVerifier | NoopVerifier
  readonly #countCut: (amount: number) => void
  readonly #violations: Violations
  readonly #reader: Reader
  #tail = Number.POSITIVE_INFINITY
  #arrive: () => void = () => {}
  #trouble: string | undefined
  #isClosed = false
  readonly #endings = new Map<string, number>()
  /** Where it was when it last ended, how often it has since without another record, and the last reason. */
  #endedAt = 0
  #attempts = 0
  #why: string | undefined

  constructor({ task, wiring, isMeasured, stream, reads, isTail }: StreamReaderParts) {
    const { tag, epochUs, streams, without } = task
    const { filler, headers, board, now } = wiring
    this.stream = stream
    this.#isTail = isTail
    this.#countCut = board.counter('readersCut')
    this.#violations = new Violations(() => board.add('violations', 1))
    const Verifier = without === 'verification' ? NoopVerifier : StreamVerifier
    this.#verifier = new Verifier({
      stream: streams[stream] ?? '',
      tag,
      filler,
      headers,
      violations: this.#violations,
      start: 0,
    })
    const [records, bytes] = isTail ? TAIL_COUNTERS : CATCH_UP_COUNTERS
    const [countRecords, countBytes] = [board.counter(records), board.counter(bytes)]
    const { e2e } = board.timed
    // Of all records that came with these bytes: what looking at the others takes is none of the target's time.
    let arrivedUs = 0
    const record: BatchVisitor['record'] = (seqNum, timestamp, buffer, begin, end, from, to) => {
      const intendedUs = this.#verifier.see(seqNum, timestamp, buffer, begin, end, from, to)
      countRecords(1)
      countBytes(end - begin)
      if (isTail && intendedUs !== undefined && isMeasured(intendedUs - epochUs))
        e2e.record(arrivedUs + epochUs - intendedUs)
      if (seqNum + 1 >= this.#tail) this.#arriveAt(seqNum + 1)
    }
    this.#reader = wiring.createReader(stream, reads, {
      visitor: { record, tail() {} },
      onBytes: (length) => {
        board.add('readWireBytes', length)
        arrivedUs = now()
      },
      onEnd: (why, isBroken) => this.#ended(why, isBroken),
    })
  }

  /** One past the last record that it has. */
  get next(): number {
    return this.#verifier.next
  }

  async open(): Promise<void> {
    await this.#reader.open(this.#verifier.next)
  }

  /** Opens, again and again where it has to; what comes of it is seen by `readTo`. */
  begin(): void {
    this.open().catch((error: unknown) => this.#failed(whyOf(error), isMalformed(error)))
  }

  /** Resolves when it has come to this tail, or has not for so long that it is given up; at once where nobody knows the tail. */
  async readTo(tail: Tail, stallMs: number): Promise<void> {
    if (!isKnownTail(tail)) {
      this.#trouble ??= tail.why
      return
    }
    this.#tail = tail
    if (this.#verifier.next >= tail) return this.#arriveAt(this.#verifier.next)
    if (this.#trouble !== undefined) return
    await new Promise<void>((resolve) => {
      let before = this.#verifier.next
      const watch = setInterval(() => {
        if (this.#verifier.next === before) this.#trouble ??= this.#stalled(stallMs, tail - before)
        before = this.#verifier.next
        if (this.#trouble !== undefined) arrive()
      }, stallMs)
      const arrive = (): void => {
        clearInterval(watch)
        resolve()
      }
      this.#arrive = arrive
    })
  }

  /** A batch may go on beyond what was the tail when it was asked for, and may not end in the middle there. */
  #arriveAt(next: number): void {
    if (next === this.#tail) this.#verifier.seeEnd()
    this.#arrive()
  }

  close(): void {
    this.#isClosed = true
    this.#reader.close()
  }

  report(): ReaderReport {
    return {
      stream: this.stream,
      isTail: this.#isTail,
      next: this.next,
      trouble: this.#trouble,
      endings: Object.fromEntries(this.#endings),
      seen: [...this.#verifier.writers].map(([writer, log]) => ({ writer, runs: log.bytes() })),
      violations: this.#violations.first,
      violationCounts: this.#violations.counts,
    }
  }

  #stalled(stallMs: number, missing: number): string {
    const isWaiting = this.#attempts > 0 && this.#endedAt === this.#verifier.next
    const why = isWaiting ? `: ${this.#why}` : ''
    return `nothing came for ${stallMs / 1000} s, and ${missing} records were missing${why}`
  }

  #ended(why: string | undefined, isBroken = false): void {
    if (this.#isClosed || why === undefined) return
    this.#count(why)
    this.#goOn(why, isBroken)
  }

  /** Of an outage the end of the session counts, and not how often it was tried in vain to open another; or the first try, where there was none. */
  #failed(why: string, isBroken: boolean): void {
    if (this.#isClosed) return
    if (this.#endings.size === 0) this.#count(why)
    this.#goOn(why, isBroken)
  }

  #count(why: string): void {
    this.#countCut(1)
    this.#endings.set(why, (this.#endings.get(why) ?? 0) + 1)
  }

  #goOn(why: string, isBroken: boolean): void {
    this.#why = why
    this.#attempts = this.#verifier.next > this.#endedAt ? 1 : this.#attempts + 1
    this.#endedAt = this.#verifier.next
    if (this.#attempts > (isBroken ? MALFORMED_ATTEMPTS : ATTEMPTS)) {
      this.#trouble = why
      return
    }
    const again = (): void => {
      if (!this.#isClosed) this.begin()
    }
    // What the readers wait for counts as the target's time: of that, as little as can be is ours.
    if (this.#attempts === 1) setImmediate(again)
    else setTimeout(again, BACK_OFF_MS)
  }
}
