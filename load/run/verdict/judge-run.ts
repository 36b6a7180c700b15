import type { Culprit, LoadVerdict } from '../../../reports/load/result.ts'
import type { Evidence, ValidityCheck } from './evidence.ts'
import { cutShort, leftOut, neverBegan, tailsFailed } from './validity-checks/accounting.ts'
import { FAULT_DOUBTS } from './validity-checks/faults.ts'
import { inFlightLimitReached, stalled, waited } from './validity-checks/flow-control.ts'
import { late, longPause } from './validity-checks/lateness.ts'
import { caughtUpStarved, cpuSteal, cpuWait, hostSaturated } from './validity-checks/machine.ts'
import { catchUpReadersGivenUp, readersCut, tailReadersGivenUp } from './validity-checks/readers.ts'
import { fewSamples, nothingMeasured } from './validity-checks/samples.ts'
import { behindPlan, failed, targetDied, unfinished } from './validity-checks/target.ts'
import { busy, caughtUpBusy, collecting, nearCeiling, proxyBusy } from './validity-checks/threads.ts'

/** What the numbers are worth. */
export function judgeRun(evidence: Evidence): {
  readonly verdict: LoadVerdict
  readonly reasons: readonly string[]
  /** Of each of the reasons, whose doing it is; absent where there are none. */
  readonly reasonsOf?: readonly Culprit[]
  /** There are reasons, and all of them are of the machine. */
  readonly sharedMachine?: true
} {
  const doubts = RULES.flatMap((rule) => rule(evidence) ?? [])
  const worst = doubts.some(({ verdict }) => verdict === 'INVALID') ? 'INVALID' : 'SUSPECT'
  return {
    verdict: doubts.length === 0 ? 'VALID' : worst,
    reasons: doubts.map(({ why }) => why),
    ...(doubts.length > 0 && { reasonsOf: doubts.map(({ of = 'generator' }) => of) }),
    ...(doubts.length > 0 && doubts.every(({ isOfMachine }) => isOfMachine) && { sharedMachine: true }),
  }
}

/** In the order in which reasons are told. */
const RULES: readonly ValidityCheck[] = [
  targetDied,
  nothingMeasured,
  leftOut,
  neverBegan,
  fewSamples,
  late,
  cpuWait,
  cpuSteal,
  longPause,
  busy,
  proxyBusy,
  hostSaturated,
  nearCeiling,
  collecting,
  caughtUpBusy,
  caughtUpStarved,
  stalled,
  waited,
  inFlightLimitReached,
  behindPlan,
  unfinished,
  failed,
  tailReadersGivenUp,
  catchUpReadersGivenUp,
  readersCut,
  tailsFailed,
  ...FAULT_DOUBTS,
  cutShort,
]
