import type { CeilingFigures } from '../../../reports/load/calibration.ts'
import type {
  Culprit,
  FaultFigures,
  GeneratorFigures,
  LoadVerdict,
  Progress,
} from '../../../reports/load/result.ts'
import type { Counts } from '../../measure/recorder.ts'
import type { Workload } from '../../workload/workload.ts'

/** What the verdict on a run is made from. */
export interface Evidence {
  readonly workload: Workload
  readonly response: Counts
  readonly lag: Counts
  readonly generator: GeneratorFigures
  /** Undefined for a closed loop. */
  readonly progress: Progress | undefined
  /** Appends of the whole plan; undefined for a closed loop, and for a plan that was not gone through. */
  readonly planned: number | undefined
  /** Over the whole run: begun, and ended in any way or given up. */
  readonly begun: number
  readonly ended: number
  /** Of those that count. */
  readonly acked: number
  readonly unfinished: number
  readonly unknown: number
  readonly refused: number
  /** Appends that count, ended without an ack and are in no response time. */
  readonly untimed: number
  // Of what a fault brings about, only what happened beside all of them is evidence, here and above.
  /** Appends that count and had to wait for a connection, or a stream of one. */
  readonly waited: number
  /** Times that appends that count had to wait because those before them were as many bytes as may be in flight. */
  readonly heldBack: number
  /** Part of the time that data waited for an HTTP/2 window. */
  readonly stalled: number
  /** Why read sessions ended that were not to, and how many each: over the whole run. */
  readonly readEndings: Readonly<Record<string, number>>
  /** How many of them ended while no fault lasted. */
  readonly readersCut: number
  /** Readers that did not come to the ends of their streams: at the tail, and of those that caught up. */
  readonly readersGivenUp: { readonly tail: number; readonly catchUp: number }
  /** Requests for a tail, over the whole run; `failed` are those that were answered otherwise than with one, or not at all. */
  readonly checkTails: { readonly begun: number; readonly good: number; readonly failed: number }
  /** Why the target did not say where streams end, when the load had ended: a sentence about it; undefined where it did. */
  readonly gone?: string | undefined
  /** How long readers caught up, 0 for none. */
  readonly catchUpSeconds: number
  readonly interrupted: boolean
  readonly faults: readonly FaultFigures[]
  /** What the generator itself took of all processors of this machine, 0 to 1; where it is not said, all is taken for others'. */
  readonly ownBusy?: number | undefined
  /** What the target took of all processors of this machine, 0 to 1; undefined where that is not known. */
  readonly targetBusy?: number | undefined
  /** Where the machine was calibrated before. */
  readonly ceiling?: CeilingFigures | undefined
}

/** One reason to doubt; a run is as bad as the worst of them. */
export interface ValidityProblem {
  readonly verdict: Exclude<LoadVerdict, 'VALID'>
  readonly why: string
  /** It is others on this machine, which befall every run on it alike. */
  readonly isOfMachine?: true
  /** Whose doing it is, where it is not the generator's. */
  readonly of?: Culprit
}

/** One way to doubt a run; undefined where there is no reason to. */
export type ValidityCheck = (evidence: Evidence) => ValidityProblem | undefined
