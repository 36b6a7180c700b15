import type { Culprit, ThreadFigures } from '../../../../reports/load/result.ts'
import { percent } from '../../../../reports/load/words.ts'
import { hasRate } from '../../../measure/catch-up-rate.ts'
import { SECOND_US } from '../../../measure/clock.ts'
import type { Evidence, ValidityCheck } from '../evidence.ts'

/** Part of the time: one append in twenty meets a wait for a processor then, which is well within a p99. */
const STARVED = 0.05

/** Ready to run, with no processor free. */
export const cpuWait: ValidityCheck = (evidence) => {
  const { generator, workload, targetBusy } = evidence
  const whose = fullBy(evidence)
  const part = waitedPart(generator.threads, workload.seconds)
  return part > STARVED
    ? {
        verdict: 'SUSPECT',
        isOfMachine: true,
        of: whose,
        why: `a thread of the generator waited for a processor ${percent(part)} of the time: ${sharedWith(targetBusy, whose)}`,
      }
    : undefined
}

/** All appends have ended by then: they are none the slower. Of a catch-up without a rate there is nothing to doubt. */
export const caughtUpStarved: ValidityCheck = ({
  generator: { catchUpThreads = [] },
  catchUpSeconds,
  targetBusy,
}) => {
  const part = waitedPart(catchUpThreads, catchUpSeconds)
  return hasRate(catchUpSeconds) && part > STARVED
    ? {
        verdict: 'SUSPECT',
        isOfMachine: true,
        why: `a thread of the generator waited for a processor ${percent(part)} of the time that readers caught up: ${sharedWith(targetBusy, 'generator')}`,
      }
    : undefined
}

function sharedWith(targetBusy: number | undefined, whose: Culprit): string {
  if (targetBusy === undefined) return 'others use this machine'
  return `it shares this machine with the target${whose === 'others' ? ' and others' : ''}`
}

/** Of the thread that waited longest. */
function waitedPart(threads: readonly ThreadFigures[], seconds: number): number {
  const longest = Math.max(0, ...threads.map(({ waitedUs }) => waitedUs ?? 0))
  return longest === 0 ? 0 : longest / SECOND_US / seconds
}

/** Of all processors together. The host takes whole turns at a time: so much of them is as much as lies beyond a p99. */
const STOLEN = 0.01

export const cpuSteal: ValidityCheck = ({ generator: { stolen = 0 } }) =>
  stolen > STOLEN
    ? {
        verdict: 'SUSPECT',
        isOfMachine: true,
        of: 'others',
        why: `this machine is a virtual one, whose host kept ${percent(stolen)} of its processors' time`,
      }
    : undefined

/** From here on a machine has no processor free for most of those that come: as of a thread, they wait for a multiple of what they take. */
const FULL = 0.9
/** Of a full machine, so little may be another's than the target's: no more than one that is not full has left. */
const SHARED = 0.1

/**
 * Whose doing a full machine is: of others, where they took more of it than `SHARED` beside the load and a target that was
 * launched here. A load and its own target that are too much for one machine have nobody to blame.
 */
const fullBy = ({ generator: { machineBusy }, ownBusy = 0, targetBusy = 0 }: Evidence): Culprit =>
  machineBusy - ownBusy - targetBusy > SHARED ? 'others' : 'generator'

/**
 * Of a full machine the target has what the others leave. In a closed loop that is its rate, and by Little's law its response time
 * too; in an open one it is what its answers wait for. So it is all the same which loop it is, and asked instead whose the
 * machine was: one that the target itself has filled shows what the target can do.
 */
export const hostSaturated: ValidityCheck = (evidence) => {
  const {
    generator: { machineBusy },
    targetBusy,
  } = evidence
  const others = machineBusy - (targetBusy ?? 0)
  if (machineBusy <= FULL || others <= SHARED) return undefined
  const whose =
    targetBusy === undefined
      ? 'with the load, others and what the target has here'
      : `${percent(others)} with the load and others`
  return {
    verdict: 'SUSPECT',
    isOfMachine: true,
    of: fullBy(evidence),
    why: `the machine was busy ${percent(machineBusy)} of the time, ${whose}: this may be its ceiling and not the target's`,
  }
}
