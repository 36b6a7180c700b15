import type { Acked, Append, Appender, Ending } from '../../transport/appender.ts'
import { RunLog } from '../../verify/run-log.ts'
import type { WriterReport } from './messages.ts'

/**
 * One way to a stream, and the writers that go it, one after another. A writer's appends are in order in its stream, which is
 * what readers hold it to. One of which nobody knows whether it was made may still be made, behind those that are sent
 * later on another connection: then its writer has written its last, and another goes on in its place.
 */
export class Lane {
  readonly stream: number
  readonly appender: Appender
  readonly #createWriter: () => Writer
  readonly #writers: Writer[] = []
  #current: Writer

  /** `nextWriter` gives a number that no other writer has. */
  constructor(stream: number, nextWriter: () => number, appender: Appender) {
    this.stream = stream
    this.appender = appender
    this.#createWriter = () => new Writer(nextWriter())
    this.#current = this.#goOn()
  }

  /** Of what was taken last. */
  get writer(): number {
    return this.#current.number
  }

  /** The numbers of the records of the next batch: the first of them is returned. */
  take(count: number): number {
    if (this.#current.isUnsure) this.#current = this.#goOn()
    const index = this.#current.sent
    this.#current.sent += count
    return index
  }

  ended(append: Append, ending: Ending): void {
    const isCurrent = append.writer === this.#current.number
    const writer = isCurrent ? this.#current : this.#writers.find(({ number }) => number === append.writer)
    writer?.ended(append, ending)
  }

  /** An ack although nothing was under way. */
  stray(acked: Acked): void {
    this.#current.wrong(0, acked)
  }

  reports(): readonly WriterReport[] {
    return this.#writers.map((writer) => writer.report(this.stream))
  }

  #goOn(): Writer {
    const writer = this.#createWriter()
    this.#writers.push(writer)
    return writer
  }
}

const NO_WRONG_ACKS: WriterReport['wrongAcks'] = { count: 0, first: undefined }
const NO_RUNS = new Uint8Array()

/** What it knows of its appends. A target that is gone has a new one for each append: one that knows little is small. */
class Writer {
  readonly number: number
  sent = 0
  isUnsure = false
  #acked: RunLog | undefined
  #refused: RunLog | undefined
  #endings: Map<string, number> | undefined
  #wrongAcks = NO_WRONG_ACKS

  constructor(number: number) {
    this.number = number
  }

  /** An ack that tells of another number of records than were sent takes none as told. */
  ended({ index, count }: Append, ending: Ending): void {
    if (ending.kind !== 'acked') this.#count(reasonOf(ending))
    if (ending.kind === 'refused') {
      this.#refused ??= new RunLog()
      this.#refused.add(index, count, index)
    }
    if (ending.kind === 'acked') this.#told(index, count, ending)
    this.isUnsure ||= ending.kind === 'unknown'
  }

  wrong(sent: number, { start, end }: Acked): void {
    const { count, first = { sent, start, end } } = this.#wrongAcks
    this.#wrongAcks = { count: count + 1, first }
  }

  report(stream: number): WriterReport {
    return {
      stream,
      writer: this.number,
      sent: this.sent,
      acked: this.#acked?.bytes() ?? NO_RUNS,
      refused: this.#refused?.bytes() ?? NO_RUNS,
      wrongAcks: this.#wrongAcks,
      endings: Object.fromEntries(this.#endings ?? []),
    }
  }

  #told(index: number, count: number, { start, end }: Acked): void {
    if (end - start !== count) {
      this.wrong(count, { start, end })
      return
    }
    this.#acked ??= new RunLog()
    this.#acked.add(index, count, start)
  }

  #count(reason: string): void {
    this.#endings ??= new Map()
    this.#endings.set(reason, (this.#endings.get(reason) ?? 0) + 1)
  }
}

function reasonOf(ending: Exclude<Ending, { readonly kind: 'acked' }>): string {
  switch (ending.kind) {
    case 'refused':
      return `${ending.status} ${ending.code}`
    case 'unknown':
      return ending.why
  }
}
