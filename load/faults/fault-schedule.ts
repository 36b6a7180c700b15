import { SECOND_US } from '../measure/clock.ts'
import type { Counts } from '../measure/recorder.ts'
import { waitUntil } from '../pace/wait-until.ts'
import type { Fault } from '../workload/fault.ts'
import { isTargetFault } from '../workload/faults.ts'

/** How far a load is: what may be looked at as often as one likes. */
export interface Progress {
  readonly atUs: number
  readonly begun: number
  readonly acked: number
  readonly inFlight: number
  readonly refused: number
  readonly unknown: number
}

/** What happens while a fault lasts, as it is meant to, and is a reason to doubt a run where it happens beside one. */
export const EXCUSABLE = [
  'refused',
  'unknown',
  'waited',
  'heldBack',
  'samples',
  'stalledSamples',
  'readersCut',
] as const
export type Excusable = Readonly<Record<(typeof EXCUSABLE)[number], number>>

/** With all that is told of the time between two of them. */
export interface LoadSnapshot extends Progress, Excusable {
  readonly response: Counts
}

/** What a fault has met, in words; `hit` is false for one that met nothing. */
export interface FaultEffect {
  readonly hit: boolean
  readonly what: string
}

export interface FaultParts {
  readonly faults: readonly Fault[]
  /** When the measured time begins, on the clock of `now`. */
  readonly fromUs: number
  now(): number
  glance(): Progress
  stand(): LoadSnapshot
  /** Does it; resolves when it is over. Rejects where the target is gone for good. */
  strike(fault: Fault): Promise<FaultEffect>
  /** How the fault of this index fares, in words. */
  onState(index: number, state: string): void
  /** Aborted when the load has ended: nothing more is begun or waited for. */
  readonly over: AbortSignal
}

/** One fault and what came of it; nothing where the load had ended before its time. */
export interface PlayedFault {
  readonly fault: Fault
  readonly struck?: FaultOutcome
}

/** How the load stood around a fault. */
export interface FaultOutcome {
  readonly fired: LoadSnapshot
  /** When what it did was over. */
  readonly ended: Progress
  readonly blow: FaultEffect
  /** An append was acknowledged after it was over, and no more were under way than before. */
  readonly recovered?: LoadSnapshot
}

const POLL_MS = 5

/** Each fault at its time, whatever those before it have done; what is done to the target itself goes one after the other. */
export function runFaultSchedule(parts: FaultParts): Promise<readonly PlayedFault[]> {
  let last = Promise.resolve()
  const turnOf = (fault: Fault): Turn | undefined => {
    if (!isTargetFault(fault)) return undefined
    const before = last
    const { promise, resolve } = Promise.withResolvers<void>()
    last = promise
    return { before, end: resolve }
  }
  return Promise.all(
    parts.faults.map((fault, index) => {
      const tell = (state: string): void => parts.onState(index, state)
      return play(parts, fault, turnOf(fault), tell)
    }),
  )
}

/** Of a fault that may not come while the one before it lasts. */
interface Turn {
  readonly before: Promise<void>
  end(): void
}

async function play(
  parts: FaultParts,
  fault: Fault,
  turn: Turn | undefined,
  tell: (state: string) => void,
): Promise<PlayedFault> {
  const struck = await strike(parts, fault, turn, tell).finally(() => turn?.end())
  if (struck === undefined) return { fault }
  const { fired, ended, blow } = struck
  const recovered = await recovery(parts, fired, ended)
  if (recovered !== undefined && blow.hit)
    tell(`recovered after ${((recovered.atUs - fired.atUs) / SECOND_US).toFixed(2)} s`)
  return { fault, struck: { ...struck, ...(recovered !== undefined && { recovered }) } }
}

/** Undefined where the load had ended before its time. */
async function strike(
  parts: FaultParts,
  fault: Fault,
  turn: Turn | undefined,
  tell: (state: string) => void,
): Promise<FaultOutcome | undefined> {
  const isDue = await waitUntil(parts.fromUs + fault.at * SECOND_US, () => parts.now(), parts.over)
  await turn?.before
  if (!isDue || parts.over.aborted) return undefined
  const fired = parts.stand()
  tell('in progress')
  const blow = await parts.strike(fault)
  tell(blow.hit ? 'over, not recovered yet' : `met nothing: ${blow.what}`)
  return { fired, ended: parts.glance(), blow }
}

/** Looks until all is as before; undefined where the load has ended meanwhile. */
async function recovery(
  parts: FaultParts,
  before: Progress,
  ended: Progress,
): Promise<LoadSnapshot | undefined> {
  for (;;) {
    const { acked, refused, unknown, inFlight } = parts.glance()
    // What was under way when it was over may fail only now: it belongs to the fault.
    const hasSettled = acked + refused + unknown >= ended.begun
    if (hasSettled && acked > ended.acked && inFlight <= Math.max(1, before.inFlight)) return parts.stand()
    if (!(await waitUntil(parts.now() + POLL_MS * 1000, () => parts.now(), parts.over))) return undefined
  }
}
