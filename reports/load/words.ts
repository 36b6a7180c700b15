import { nounFor } from '../../kit/text/how-many.ts'
import type {
  FaultFigures,
  Integrity,
  LatencyName,
  LoadResult,
  Machine,
  PhaseFigures,
  SecondOpinion,
  WindowsFigures,
} from './result.ts'

/** In the order in which they are told. */
export const LATENCY_WORDS: Readonly<Record<LatencyName, string>> = {
  response: 'response',
  service: 'service',
  e2e: 'end to end',
  'check-tail': 'check tail',
  lag: 'schedule lag',
}

/** What each is the time of. */
export const LATENCY_MEANINGS: Readonly<Record<LatencyName, string>> = {
  response: 'of an append, from the moment planned for it to its acknowledgement',
  service: 'of an append, from the moment it was sent',
  e2e: 'from the moment planned for an append to a reader that has its record',
  'check-tail': 'of a request for the tail',
  lag: 'how much later than planned the generator itself began',
}

/** Quantiles that a table has, where they can be told. */
export const COLUMNS = ['p50', 'p90', 'p99', 'p99.9', 'p99.99'] as const

const isLatency = (name: string): name is LatencyName => Object.hasOwn(LATENCY_WORDS, name)

/** Those that were measured, in order. */
export const latenciesOf = ({
  latencies,
}: Pick<LoadResult, 'latencies'>): readonly (readonly [
  LatencyName,
  NonNullable<LoadResult['latencies'][LatencyName]>,
])[] =>
  Object.keys(LATENCY_WORDS)
    .filter(isLatency)
    .flatMap((name) => {
      const latency = latencies[name]
      return latency === undefined ? [] : [[name, latency] as const]
    })

/** Three digits, as they were measured. */
export function milliseconds(microseconds: number | undefined): string {
  if (microseconds === undefined) return '-'
  const value = microseconds / 1000
  return value < 10 ? value.toFixed(3) : value < 1000 ? value.toFixed(1) : value.toFixed(0)
}

export const number = (value: number, digits = 0): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })

/** A part as `12 %`, `3.5 %`: to so many digits, without zeros at its end. */
export const percent = (part: number, digits = 1): string =>
  Number.isNaN(part) ? 'unknown' : `${Number((part * 100).toFixed(digits))} %`

export const mebibytes = (bytes: number): string => number(bytes / 1024 ** 2, 2)

/** `3 × why; 1 × why else`. */
export const endings = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([why, count]) => `${number(count)} × ${why}`)
    .join('; ')

/** `3 read sessions ended before they were to: 3 × why`; undefined where none did. */
export function readEndingWords(counts: LoadResult['readEndings'] = {}): string | undefined {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return total === 0
    ? undefined
    : `${number(total)} read sessions ended before they were to: ${endings(counts)}`
}

/** `3 refused, 1 indeterminate`; empty where all were acknowledged. */
function failures({
  refused,
  unknown,
  unfinished,
}: Pick<LoadResult['appends'], 'refused' | 'unknown' | 'unfinished'>): string {
  const counts = [
    [refused, 'refused'],
    [unknown, 'indeterminate'],
    [unfinished, 'unfinished'],
  ] as const
  return counts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${number(count)} ${what}`)
    .join(', ')
}

/** `3 refused, 1 indeterminate: 3 × 429 slow down; 1 × cut`; undefined where all were acknowledged. */
export function failureWords(
  appends: Pick<LoadResult['appends'], 'refused' | 'unknown' | 'unfinished' | 'endings'>,
  /** Of what came from elsewhere. */
  safe: (text: string) => string = (text) => text,
): string | undefined {
  const failed = failures(appends)
  // What was given up has no ending.
  const why = endings(appends.endings)
  if (failed === '') return undefined
  return why === '' ? failed : `${failed}: ${safe(why)}`
}

/** `http://127.0.0.1:8080 (an-s2/1), started with "an-s2 --port {port}"`. */
export const targetWords = (
  { target: { label, server, launch } }: LoadResult,
  /** Of what came from elsewhere. */
  safe: (text: string) => string = (text) => text,
): string =>
  [
    safe(label),
    ...(server === undefined ? [] : [` (${safe(server)})`]),
    ...(launch === undefined ? [] : [`, started with "${safe(launch)}"`]),
  ].join('')

/** `12.3 µs a record, 0.42 of a core`: what the target used of the machine; undefined where that is not known. */
export function cpuWords({ target: { cpuSeconds }, appends }: LoadResult): string | undefined {
  const records = appends.perSecond.records * appends.seconds
  if (cpuSeconds === undefined || records === 0) return undefined
  const each = number((cpuSeconds / records) * 1e6, 1)
  return `${each} µs a record, ${number(cpuSeconds / appends.seconds, 2)} of a core`
}

/** Whoever has nothing to verify has verified nothing, though nothing is missing either. */
const isEmpty = ({ verdict, recordsRead }: Integrity): boolean => verdict === 'verified' && recordsRead === 0

/** The verdict on the records, as people read it. */
export const integrityName = (integrity: Integrity): Integrity['verdict'] | 'empty' =>
  isEmpty(integrity) ? 'empty' : integrity.verdict

/** What the verdict on the records says. */
export function integrityWords(integrity: Integrity): string {
  const { verdict, violations } = integrity
  if (isEmpty(integrity)) return 'nothing was written, and there was nothing to verify'
  switch (verdict) {
    case 'verified':
      return 'every acknowledged record was read, once, in order and byte by byte'
    case 'violated':
      return Object.entries(violations)
        .map(([name, count]) => `${number(count)} ${name}`)
        .join(', ')
    case 'incomplete':
      return 'not everything that was acknowledged could be read'
  }
}

/** `Rates`, and `Rates, worth nothing` of an INVALID load: its figures are there to find out why, and for nothing else. */
export const worth = ({ verdict }: Pick<LoadResult, 'verdict'>, what: string): string =>
  verdict === 'INVALID' ? `${what}, ${WORTHLESS}` : what

export const WORTHLESS = 'worth nothing'

/** Why the numbers are worth what the verdict says; never empty. */
export function reasonsOf({ reasons, appends }: LoadResult): readonly string[] {
  if (reasons.length > 0) return reasons
  // A closed loop has no plan to keep to.
  return appends.plannedPerSecond === undefined
    ? ['nothing in the generator stood in the way']
    : ['the generator kept to its plan']
}

/** How near to what its generator can do at most a run came; undefined where that is not known. */
export function ceilingWords({ ceiling }: Pick<LoadResult, 'ceiling'>): string | undefined {
  if (ceiling === undefined) return undefined
  const { calibrated, load, catchUp } = ceiling
  const parts = [
    ...(load === undefined ? [] : [`the load took ${percent(load)}`]),
    ...(catchUp === undefined ? [] : [`catching up ${load === undefined ? 'took ' : ''}${percent(catchUp)}`]),
  ]
  return parts.length === 0
    ? undefined
    : `${parts.join(' and ')} of this generator's ceiling, as calibrated on ${calibrated.slice(0, 10)}`
}

/** What was done, and by how many where it was more than one machine. */
export const summaryOf = ({ summary, machines, startAt }: LoadResult): string =>
  [
    summary,
    ...(startAt === undefined ? [] : [`begun at ${startAt} as was agreed`]),
    ...(machines.length === 1 ? [] : [`on ${machines.length} machines`]),
  ].join('; ')

/** `2 × Processor, 8.0 GiB, Linux 6.1.0, Node 24.21.0`. */
export const machineWords = ({ cpus, model, memoryBytes, platform, node }: Machine): string =>
  `${cpus} × ${model}, ${number(memoryBytes / 1024 ** 3, 1)} GiB, ${platform}, Node ${node}`

const seconds = (value: number): string => `${value.toFixed(2)} s`

/** What a fault was, and what came of it: one sentence. */
export function faultWords(fault: FaultFigures): string {
  const { firedAt, endedAt, recoveredAt, met, refused, unknown, longestGapUs, firstAckUs } = fault
  if (firedAt === undefined) return `it did not happen: ${met}`
  const failed = failures({ refused, unknown, unfinished: 0 })
  const parts = [
    `at ${seconds(firedAt)}: ${met}`,
    longestGapUs === 0 ? 'no gap between acks' : `no ack for ${milliseconds(longestGapUs)} ms`,
    ...(firstAckUs === undefined || firstAckUs === 0
      ? []
      : [`the next one ${milliseconds(firstAckUs)} ms after its end`]),
    ...(firstAckUs === undefined && endedAt !== undefined ? ['none to the end of the load'] : []),
    recoveredAt === undefined ? 'not recovered' : `recovered after ${seconds(recoveredAt - firedAt)}`,
    failed === '' ? 'nothing failed' : failed,
  ]
  return parts.join(', ')
}

/** What stood between the load and its target, as a sentence; undefined where nothing did. */
export const proxyWords = ({
  generator: { proxyThread },
}: Pick<LoadResult, 'generator'>): string | undefined =>
  proxyThread === undefined
    ? undefined
    : `All bytes went through a proxy of the generator, whose thread was busy ${percent(proxyThread.busy)} of the time.`

export const PHASES = ['before', 'during', 'after'] as const

/** `100.0 appends/s, p50 2.289, p99 21.4, max 45.7 ms, 12 failed`. */
export const phaseWords = ({ appends, response, failed = 0 }: PhaseFigures): string =>
  [
    `${number(appends, 1)} appends/s`,
    ...(response === undefined
      ? []
      : [
          `p50 ${milliseconds(response.p50)}, p99 ${milliseconds(response.p99)}, max ${milliseconds(response.greatest)} ms`,
        ]),
    ...(failed === 0 ? [] : [`${number(failed)} failed`]),
  ].join(', ')

/** What the latencies leave out, as a sentence; undefined where that is nothing. */
export const untimedWords = ({
  appends: { untimed = 0 },
}: Pick<LoadResult, 'appends'>): string | undefined =>
  untimed === 0
    ? undefined
    : `Response and service are of acknowledged appends: ${number(untimed)} ${nounFor(untimed, 'others')} failed and ${untimed === 1 ? 'is' : 'are'} not in them.`

const kibibytes = (bytes: number): string => `${number(bytes / 1024, bytes % 1024 === 0 ? 0 : 1)} KiB`

/** Of a catch-up that has no rate. */
export function noRateWords({ catchUp }: Pick<LoadResult, 'catchUp'>): string | undefined {
  if (catchUp === undefined || catchUp.perSecond !== undefined) return undefined
  const { records, seconds } = catchUp
  return `${number(records)} ${nounFor(records, 'records')} ${records === 1 ? 'was' : 'were'} read back in ${number(seconds, 2)} s, which is too soon over for a rate.`
}

/** What is to be said of the windows of HTTP/2; a sentence each. */
export function windowWords({
  ours,
  theirs,
  leastLeft,
  grown,
  blocked,
  oursTaken,
}: WindowsFigures): readonly string[] {
  const total = blocked.byConnectionMs + blocked.byStreamMs
  return [
    `The target gave ${kibibytes(theirs.stream)} to a stream and at first ${kibibytes(theirs.connection)} to a connection, which was seen to be given more ${number(grown)} ${nounFor(grown, 'times')} and to have ${kibibytes(leastLeft)} left at the least.`,
    total === 0
      ? 'No append waited for a window.'
      : `Appends waited ${number(blocked.stretches)} ${nounFor(blocked.stretches, 'times')}, at most ${number(blocked.longestMs)} ms: ${number(blocked.byConnectionMs)} ms for the window of a connection, ${number(blocked.byStreamMs)} ms for that of a stream or for a target that did not read.`,
    `Readers gave ${kibibytes(ours.stream)} to a stream and ${kibibytes(ours.connection)} to a connection, of which at most ${percent(oursTaken)} were taken.`,
  ]
}

/** What another tool said, and why it is not the same; a sentence each. */
export function opinionWords({
  tool,
  count,
  perSecond,
  failed,
  quantiles,
  greatest,
}: SecondOpinion): readonly string[] {
  const told = COLUMNS.flatMap((column) =>
    quantiles[column] === undefined ? [] : [`${column} ${milliseconds(quantiles[column])}`],
  )
  return [
    `${tool}: ${[...told, `max ${milliseconds(greatest)}`].join(', ')} ms; ${number(count)} appends, ${number(perSecond, 1)}/s${failed === 0 ? '' : `, ${number(failed)} failed`}.`,
    'It counts from the moment of sending, as service does, in whole milliseconds; it sends the appends of a second at once and waits for answers before it goes on, so that they wait for each other and what was late is not in its numbers.',
  ]
}
