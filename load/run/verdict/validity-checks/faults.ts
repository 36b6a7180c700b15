import type { FaultFigures } from '../../../../reports/load/result.ts'
import type { ValidityCheck } from '../evidence.ts'

const noFault: ValidityCheck = ({ faults, interrupted }) => {
  const [first] = faults.filter(({ firedAt }) => firedAt === undefined)
  return first === undefined || interrupted
    ? undefined
    : { verdict: 'INVALID', why: `"${first.what}" did not happen: ${first.met}` }
}

/** What is told of a fault is told by the second: so much later than planned it is still in the second that it was planned for, or next to it. */
const LATE_FAULT_SECONDS = 0.25

const lateFault: ValidityCheck = ({ faults }) => {
  const late = ({ firedAt = 0, plannedAt }: FaultFigures): number => firedAt - plannedAt
  const first = faults.find((fault) => late(fault) > LATE_FAULT_SECONDS)
  return first === undefined
    ? undefined
    : { verdict: 'SUSPECT', why: `"${first.what}" came ${late(first).toFixed(2)} s late` }
}

const noRecovery: ValidityCheck = ({ faults, interrupted }) => {
  const first = faults.find(({ firedAt, recoveredAt }) => firedAt !== undefined && recoveredAt === undefined)
  return first === undefined || interrupted
    ? undefined
    : {
        verdict: 'SUSPECT',
        why: `the load had not recovered from "${first.what}" when it ended: give it more seconds`,
      }
}

/** Whether what was to break broke, when it was to, and was over when the load ended. */
export const FAULT_DOUBTS: readonly ValidityCheck[] = [noFault, lateFault, noRecovery]
