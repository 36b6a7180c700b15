import type { Fault, TargetFault } from './fault.ts'
import { parseSeconds, show, WorkloadError } from './units.ts'

type FaultKind = Fault['kind']
const FAULT_KINDS: readonly FaultKind[] = ['cut', 'stall', 'delay', 'pause', 'kill']

export const isTargetFault = (fault: Fault): fault is TargetFault =>
  fault.kind === 'pause' || fault.kind === 'kill'

/** Each keeps what it has seen, and a plot has room for so many. */
const MOST = 100

const FORMS = [
  'cut at 2s',
  'stall 500ms at 2s',
  'delay 20ms for 1s at 2s',
  'pause 1s at 2s',
  'kill at 2s',
  'kill for 1s at 2s',
  'cut at 1s every 2s',
]

/**
 * `"kill at 5s, cut at 1s every 2s"`, or a list of such: in the order of their times, which are computed by index from the
 * first and from nothing else. Throws a `WorkloadError`.
 */
export function parseFaults(value: unknown, seconds: number): readonly Fault[] {
  const texts = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [value]
  const faults = texts.flatMap((text) => parseOne(text, seconds)).toSorted((a, b) => a.at - b.at)
  if (faults.length > MOST)
    throw new WorkloadError(`faults: ${faults.length} are more than the ${MOST} that one run can tell apart`)
  return faults
}

function parseOne(value: unknown, seconds: number): readonly Fault[] {
  const text = typeof value === 'string' ? value.trim() : ''
  const [name, ...words] = text.split(/\s+/)
  const kind = FAULT_KINDS.find((known) => known === name)
  const amount = /^(?:at|for|every)$/.test(words[0] ?? 'at') ? undefined : words.shift()
  const times = new Map<string, number>()
  for (; words.length > 0; ) {
    const [word = '', time = ''] = words.splice(0, 2)
    if (!/^(?:at|for|every)$/.test(word) || times.has(word)) throw notUnderstood(value)
    times.set(word, parseSeconds(time, `faults: ${word}`))
  }
  const at = times.get('at')
  const span = amount === undefined ? undefined : parseSeconds(amount, `faults: ${name}`)
  if (kind === undefined || at === undefined) throw notUnderstood(value)
  const fault = faultOf(kind, at, span, times.get('for'))
  if (fault === undefined) throw notUnderstood(value)
  return repeated(fault, times.get('every'), seconds, text)
}

const notUnderstood = (value: unknown): WorkloadError =>
  new WorkloadError(`faults: ${show(value)} is no fault: say "${FORMS.join('", "')}"`)

/** Undefined where a kind lacks what it needs, or has what it has no use for. */
function faultOf(
  kind: FaultKind,
  at: number,
  amount: number | undefined,
  span: number | undefined,
): Fault | undefined {
  switch (kind) {
    case 'cut':
      return amount === undefined && span === undefined ? { kind, at } : undefined
    case 'kill':
      return amount === undefined ? { kind, at, lasts: span ?? 0 } : undefined
    case 'delay':
      return amount && span ? { kind, at, lasts: span, later: amount } : undefined
    case 'stall':
    case 'pause':
      return amount && span === undefined ? { kind, at, lasts: amount } : undefined
  }
}

function repeated(fault: Fault, every: number | undefined, seconds: number, text: string): readonly Fault[] {
  const lasts = fault.kind === 'cut' ? 0 : fault.lasts
  if (fault.at + lasts >= seconds)
    throw new WorkloadError(`faults: "${text}" is not over within the ${seconds} s that are measured`)
  if (every === undefined) return [fault]
  if (every <= lasts) throw new WorkloadError(`faults: "${text}" comes again before it is over`)
  const count = Math.min(MOST + 1, Math.ceil((seconds - lasts - fault.at) / every))
  return Array.from({ length: count }, (_none, index) => ({ ...fault, at: fault.at + index * every }))
}

/** `stall 500ms at 2s`. */
export const describeFault = (fault: Fault): string => `${wordsOf(fault)} at ${time(fault.at)}`

function wordsOf(fault: Fault): string {
  switch (fault.kind) {
    case 'cut':
      return fault.kind
    case 'stall':
    case 'pause':
      return `${fault.kind} ${time(fault.lasts)}`
    case 'delay':
      return `${fault.kind} ${time(fault.later)} for ${time(fault.lasts)}`
    case 'kill':
      return fault.lasts > 0 ? `${fault.kind} for ${time(fault.lasts)}` : fault.kind
  }
}

const time = (seconds: number): string =>
  seconds > 0 && seconds < 1 ? `${Number((seconds * 1000).toFixed(3))}ms` : `${Number(seconds.toFixed(3))}s`
