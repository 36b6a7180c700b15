import { MAX_U64 } from '../../../../proto/limits.ts'
import type { Format } from '../../../../proto/types.ts'
import { parseU64 } from '../../../../proto/u64.ts'
import type { TimestampingMode } from '../../../../reference-server/semantics/append/timestamping.ts'
import { fenceRequest, trimRequest } from '../commands.ts'
import { MAX_PAUSE } from '../link.ts'
import type { PlaygroundRequest, Step, TextRecord } from '../request.ts'
import { byId } from './elements.ts'

/** The form that makes the next step. */
export class RequestForm {
  readonly #form = byId('pg-form', HTMLFormElement)
  readonly #records = byId('pg-new-records', HTMLDivElement)
  readonly #template = byId('pg-record', HTMLTemplateElement)

  constructor(send: (step: Step) => void) {
    this.#addRecord('hello')
    byId('pg-add', HTMLButtonElement).addEventListener('click', () => {
      this.#addRecord('').querySelector('input')?.focus()
    })
    this.#form.addEventListener('change', () => this.#showFields())
    // A message about a field goes as soon as its value changes.
    this.#form.addEventListener('input', ({ target }) => {
      if (target instanceof HTMLInputElement) target.setCustomValidity('')
    })
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault()
      const step = this.#step()
      if (step !== undefined) send(step)
    })
    this.#showFields()
  }

  #addRecord(body: string): HTMLFieldSetElement {
    const copy = document.importNode(this.#template.content, true).querySelector('fieldset')
    if (copy === null) throw new Error('the template of a record has no fieldset')
    const input = copy.querySelector('input')
    if (input !== null) input.value = body
    copy.querySelector('[data-remove]')?.addEventListener('click', () => {
      copy.remove()
      this.#numberRecords()
      byId('pg-add', HTMLButtonElement).focus()
    })
    this.#records.append(copy)
    this.#numberRecords()
    return copy
  }

  #numberRecords(): void {
    for (const [index, record] of [...this.#records.children].entries()) {
      const legend = record.querySelector('legend')
      if (legend !== null) legend.textContent = `Record ${index + 1}`
      record.querySelector('[data-remove]')?.setAttribute('aria-label', `Remove record ${index + 1}`)
    }
  }

  #showFields(): void {
    const operation = this.#text('operation')
    for (const group of this.#form.querySelectorAll<HTMLElement>('[data-for]')) {
      group.hidden = !group.dataset.for?.split(' ').includes(operation)
    }
    const token = this.#input('fencing_token')
    token.disabled = !this.#checked('has-token')
  }

  /** The step that the fields describe; undefined, with a message at the field, where a number is none. */
  #step(): Step | undefined {
    for (const input of this.#form.querySelectorAll<HTMLInputElement>('[data-u64]')) {
      if (input.closest('[hidden]') === null) input.setCustomValidity(problemOf(input))
    }
    const isInvalid = [...this.#form.querySelectorAll('input')].some(
      (input) => input.closest('[hidden]') === null && !input.validity.valid,
    )
    if (isInvalid) {
      this.#form.reportValidity()
      return undefined
    }
    return { after: this.#number('after') ?? 0n, request: this.#request() }
  }

  #request(): PlaygroundRequest {
    switch (this.#text('operation')) {
      case 'fence':
        return fenceRequest(this.#text('fence-token'), this.#conditions())
      case 'trim':
        return trimRequest(this.#number('trim-up-to') ?? 0n, this.#conditions())
      case 'read':
        return this.#read()
      case 'tail':
        return { kind: 'tail' }
      case 'configure':
        return { kind: 'configure', mode: modeOf(this.#text('mode')), uncapped: this.#checked('uncapped') }
      default: {
        const records = [...this.#records.children].map(recordOf)
        return { kind: 'append', format: this.#format(), records, ...this.#conditions() }
      }
    }
  }

  #conditions(): { readonly matchSeqNum?: bigint; readonly fencingToken?: string } {
    const matchSeqNum = this.#number('match_seq_num')
    return {
      ...(matchSeqNum !== undefined && { matchSeqNum }),
      ...(this.#checked('has-token') && { fencingToken: this.#text('fencing_token') }),
    }
  }

  #read(): PlaygroundRequest {
    const [seqNum, timestamp] = [this.#number('seq_num'), this.#number('timestamp')]
    const [tailOffset, wait] = [this.#number('tail_offset'), this.#number('wait')]
    const [count, bytes, until] = [this.#number('count'), this.#number('bytes'), this.#number('until')]
    return {
      kind: 'read',
      format: this.#format(),
      start: {
        ...(seqNum !== undefined && { seqNum }),
        ...(timestamp !== undefined && { timestamp }),
        ...(tailOffset !== undefined && { tailOffset }),
        ...(this.#checked('clamp') && { clamp: true }),
      },
      end: {
        ...(count !== undefined && { count }),
        ...(bytes !== undefined && { bytes }),
        ...(until !== undefined && { until }),
        ...(wait !== undefined && { wait: Number(wait) }),
      },
    }
  }

  #format(): Format {
    return this.#text('format') === 'base64' ? 'base64' : 'raw'
  }

  #number(name: string): bigint | undefined {
    return parseU64(this.#text(name).trim())
  }

  #text(name: string): string {
    const value = new FormData(this.#form).get(name)
    return typeof value === 'string' ? value.toWellFormed() : ''
  }

  #checked(name: string): boolean {
    return this.#input(name).checked
  }

  #input(name: string): HTMLInputElement {
    const input = this.#form.querySelector(`input[name="${name}"]`)
    if (!(input instanceof HTMLInputElement)) throw new Error(`the form has no input ${name}`)
    return input
  }
}

const MAX_U32 = 2n ** 32n - 1n

/** The largest number of a field, and what an empty one means: absent, or that it is missing. */
const LARGEST: Readonly<Record<string, bigint>> = { wait: MAX_U32, after: MAX_PAUSE }
const REQUIRED: ReadonlySet<string> = new Set(['after', 'trim-up-to'])

function problemOf({ name, value }: HTMLInputElement): string {
  const text = value.trim()
  if (text === '' && !REQUIRED.has(name)) return ''
  const number = parseU64(text)
  const largest = LARGEST[name] ?? MAX_U64
  return number !== undefined && number <= largest ? '' : `Enter a whole number from 0 to ${largest}.`
}

function recordOf(fields: Element): TextRecord {
  const text = (name: string): string => {
    const field = fields.querySelector(`[data-field="${name}"]`)
    const isField = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
    return isField ? field.value.toWellFormed() : ''
  }
  const timestamp = parseU64(text('timestamp').trim())
  const lines = text('headers').split('\n')
  return {
    ...(timestamp !== undefined && { timestamp }),
    headers: lines.filter((line) => line !== '').map(headerOf),
    body: text('body'),
  }
}

/** The name ends at the first `=`; a line that begins with it has the empty name of a command. */
function headerOf(line: string): readonly [string, string] {
  const equals = line.indexOf('=')
  return equals === -1 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)]
}

const MODES: readonly TimestampingMode[] = ['client-prefer', 'client-require', 'arrival']
const modeOf = (text: string): TimestampingMode => MODES.find((mode) => mode === text) ?? 'client-prefer'
