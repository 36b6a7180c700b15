import type { Acked, Append, Appender, Ending } from '../transport/appender.ts'
import { RunLog } from '../verify/run-log.ts'
import type { WriterReport } from './messages.ts'

/** A writer and what it knows of its appends, which are in order in its stream. */
export class Lane {
  readonly stream: number
  readonly writer: number
  readonly appender: Appender
  readonly #acked = new RunLog()
  readonly #endings = new Map<string, number>()
  #wrongAcks: WriterReport['wrongAcks'] = { count: 0, first: undefined }
  #sent = 0
  #pending = 0

  constructor(stream: number, writer: number, appender: Appender) {
    this.stream = stream
    this.writer = writer
    this.appender = appender
  }

  get pending(): number {
    return this.#pending
  }

  /** The numbers of the records of the next batch: the first of them is returned. */
  take(count: number): number {
    const index = this.#sent
    this.#sent += count
    this.#pending += 1
    return index
  }

  /** An ack that tells of another number of records than were sent takes none as told. */
  ended({ index, count }: Append, ending: Ending): void {
    this.#pending -= 1
    if (ending.kind !== 'acked') this.#count(reasonOf(ending))
    else if (ending.end - ending.start === count) this.#acked.add(index, count, ending.start)
    else this.#wrong(count, ending)
  }

  /** An ack although nothing was under way. */
  stray(acked: Acked): void {
    this.#wrong(0, acked)
  }

  report(): WriterReport {
    return {
      stream: this.stream,
      writer: this.writer,
      sent: this.#sent,
      acked: this.#acked.bytes(),
      wrongAcks: this.#wrongAcks,
      endings: Object.fromEntries(this.#endings),
    }
  }

  #wrong(sent: number, { start, end }: Acked): void {
    const { count, first = { sent, start, end } } = this.#wrongAcks
    this.#wrongAcks = { count: count + 1, first }
  }

  #count(reason: string): void {
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
