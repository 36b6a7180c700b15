import { parseSeconds, show, WorkloadError } from './units.ts'

/** What can happen to a load: on the way to the target, or to a target that the run has launched. */
export const FAULT_KINDS = ['cut', 'stall', 'delay', 'pause', 'kill'] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

/** One fault at one time. All times in seconds. */
export interface Fault {
  readonly kind: FaultKind
  /** From the first moment that is measured on. */
  readonly at: number
  /** How long it lasts: a stall, a delay, a pause, the time that a killed target stays away. 0 for a cut. */
  readonly lasts: number
  /** Of a delay: how much later everything comes, each way. 0 for the others. */
  readonly later: number
}

/** Needs a target that can be killed and paused. */
export const isBlow = ({ kind }: Pick<Fault, 'kind'>): boolean => kind === 'kill' || kind === 'pause'

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
  const lengths = lengthsOf(kind, span, times.get('for'))
  if (lengths === undefined) throw notUnderstood(value)
  return repeated({ kind, at, ...lengths }, times.get('every'), seconds, text)
}

const notUnderstood = (value: unknown): WorkloadError =>
  new WorkloadError(`faults: ${show(value)} is no fault: say "${FORMS.join('", "')}"`)

/** Undefined where a kind lacks what it needs, or has what it has no use for. */
function lengthsOf(
  kind: FaultKind,
  amount: number | undefined,
  span: number | undefined,
): Pick<Fault, 'lasts' | 'later'> | undefined {
  switch (kind) {
    case 'cut':
      return amount === undefined && span === undefined ? { lasts: 0, later: 0 } : undefined
    case 'kill':
      return amount === undefined ? { lasts: span ?? 0, later: 0 } : undefined
    case 'delay':
      return amount && span ? { lasts: span, later: amount } : undefined
    case 'stall':
    case 'pause':
      return amount && span === undefined ? { lasts: amount, later: 0 } : undefined
  }
}

function repeated(fault: Fault, every: number | undefined, seconds: number, text: string): readonly Fault[] {
  if (fault.at + fault.lasts >= seconds)
    throw new WorkloadError(`faults: "${text}" is not over within the ${seconds} s that are measured`)
  if (every === undefined) return [fault]
  if (every <= fault.lasts) throw new WorkloadError(`faults: "${text}" comes again before it is over`)
  const count = Math.min(MOST + 1, Math.ceil((seconds - fault.lasts - fault.at) / every))
  return Array.from({ length: count }, (_none, index) => ({ ...fault, at: fault.at + index * every }))
}

/** `stall 500ms at 2s`. */
export function describeFault({ kind, at, lasts, later }: Fault): string {
  const amount = kind === 'delay' ? later : kind === 'kill' ? 0 : lasts
  const span = kind === 'delay' || kind === 'kill' ? lasts : 0
  return [
    kind,
    ...(amount > 0 ? [time(amount)] : []),
    ...(span > 0 ? [`for ${time(span)}`] : []),
    `at ${time(at)}`,
  ].join(' ')
}

const time = (seconds: number): string =>
  seconds > 0 && seconds < 1 ? `${Number((seconds * 1000).toFixed(3))}ms` : `${Number(seconds.toFixed(3))}s`
