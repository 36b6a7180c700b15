import { WireError } from './wire-error.ts'

/** One event as it stands on the wire. */
export interface SseEvent {
  /** Absent on the wire: an event of the type `message`. */
  readonly event?: string
  /** The id given by this very event; those before it do not count. */
  readonly id?: string
  readonly data: string
}

/**
 * Writes an event, in S2's order of fields: event, id, data (SSE-003). Every line of the data gets its own `data:`.
 * Throws `WireError` 'bad_event' where a name or id would break the framing.
 */
export function sseEvent({ event, id, data }: SseEvent): string {
  let text = ''
  if (event !== undefined) text += field('event', event)
  if (id !== undefined) text += field('id', id)
  for (const line of data.split(/\r\n|\r|\n/)) text += field('data', line)
  return `${text}\n`
}

/** Room for the JSON of the largest batch: 1 MiB of control characters, six characters each, and its records. */
export const MAX_EVENT_CHARACTERS: number = 16 * 1024 * 1024

/** Most lines of an event: its JSON is one line, or some ten for each of 1000 records where it is indented. */
export const MAX_EVENT_LINES: number = 65_536

/**
 * Cuts the bytes of an event stream into events by the rules of the WHATWG, however they are chunked. An event that
 * is not ended by a blank line is not delivered, and one without data is none.
 */
export class SseParser {
  readonly #limit
  readonly #utf8 = new TextDecoder()
  #line = ''
  #afterReturn = false
  #event: string | undefined
  #id: string | undefined
  #data: string[] = []
  #characters = 0
  #lines = 0

  constructor(limit: number = MAX_EVENT_CHARACTERS) {
    this.#limit = limit
  }

  /** The events that this chunk completes. Throws `WireError` 'bad_event' when one grows beyond the limit. */
  push(chunk: Uint8Array): SseEvent[] {
    const text = this.#utf8.decode(chunk, { stream: true })
    if (text === '') return []
    const events: SseEvent[] = []
    // A CR at the end of a chunk has ended its line; an LF at the start of the next one belongs to it.
    let start = this.#afterReturn && text.startsWith('\n') ? 1 : 0
    this.#afterReturn = text.endsWith('\r')
    for (const end of text.matchAll(LINE_END)) {
      if (end.index < start) continue
      const event = this.#endLine(text.slice(start, end.index))
      if (event !== undefined) events.push(event)
      start = end.index + end[0].length
    }
    this.#grow(text.slice(start))
    return events
  }

  /** Characters of an unfinished event: above 0 at the end of the body, it was cut. */
  get buffered(): number {
    return this.#characters
  }

  #grow(part: string): void {
    this.#characters += part.length
    if (this.#characters > this.#limit) {
      throw new WireError('bad_event', `an event exceeds the limit of ${this.#limit} characters`)
    }
    this.#line += part
  }

  #endLine(rest: string): SseEvent | undefined {
    this.#grow(rest)
    const line = this.#line
    this.#line = ''
    if (line === '') return this.#dispatch()
    this.#lines += 1
    if (this.#lines > MAX_EVENT_LINES)
      throw new WireError('bad_event', `an event exceeds the limit of ${MAX_EVENT_LINES} lines`)
    const colon = line.indexOf(':')
    // A comment is a field without a name, and skipped like every unknown one.
    const name = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    if (name === 'event') this.#event = value
    else if (name === 'data') this.#data.push(value)
    else if (name === 'id' && !value.includes('\0')) this.#id = value
    return undefined
  }

  #dispatch(): SseEvent | undefined {
    const event = this.#event
    const id = this.#id
    const data = this.#data
    this.#event = undefined
    this.#id = undefined
    this.#data = []
    this.#characters = 0
    this.#lines = 0
    if (data.length === 0) return undefined
    return {
      ...(event !== undefined && event !== '' && { event }),
      ...(id !== undefined && { id }),
      data: data.join('\n'),
    }
  }
}

const LINE_END = /\r\n|\r|\n/g

function field(name: string, value: string): string {
  if (/[\r\n]/.test(value) || (name === 'id' && value.includes('\0'))) {
    throw new WireError(
      'bad_event',
      `an SSE ${name} must not hold a line end or NUL: ${JSON.stringify(value)}`,
    )
  }
  return `${name}: ${value}\n`
}
