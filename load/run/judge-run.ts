import type { Culprit, LoadVerdict } from '../../reports/load/result.ts'
import { cutShort, leftOut, neverBegan, tailsFailed } from './doubts/accounting.ts'
import { FAULT_DOUBTS } from './doubts/faults.ts'
import { heldBack, stalled, waited } from './doubts/flow-control.ts'
import { late, longPause } from './doubts/lateness.ts'
import { caughtUpStarved, crowded, robbed, starved } from './doubts/machine.ts'
import { catchUpReadersGivenUp, readersCut, tailReadersGivenUp } from './doubts/readers.ts'
import { fewSamples, nothingMeasured } from './doubts/samples.ts'
import { behindPlan, failed, gone, unfinished } from './doubts/target.ts'
import { busy, caughtUpBusy, collecting, nearCeiling, proxyBusy } from './doubts/threads.ts'
import type { DoubtRule, Evidence } from './evidence.ts'

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
const RULES: readonly DoubtRule[] = [
  gone,
  nothingMeasured,
  leftOut,
  neverBegan,
  fewSamples,
  late,
  starved,
  robbed,
  longPause,
  busy,
  proxyBusy,
  crowded,
  nearCeiling,
  collecting,
  caughtUpBusy,
  caughtUpStarved,
  stalled,
  waited,
  heldBack,
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
