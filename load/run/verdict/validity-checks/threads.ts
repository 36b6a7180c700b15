import { percent } from '../../../../reports/load/words.ts'
import { hasRate } from '../../../measure/catch-up-rate.ts'
import { SECOND_US } from '../../../measure/clock.ts'
import type { ValidityCheck } from '../evidence.ts'

/** What comes to a thread at random waits, by queueing theory, nine times as long as it takes where the thread is busy so much. */
const BUSY = 0.9

export const busy: ValidityCheck = ({ generator, workload }) => {
  const most = Math.max(0, ...generator.threads.map((thread) => thread.busy))
  // A thread that spins is always busy; what it cannot keep up with shows as lag.
  const spins = workload.appends.arrival.kind === 'open' && workload.pacing !== 'timer'
  return most > BUSY && !spins
    ? {
        verdict: 'SUSPECT',
        why: `a thread of the generator was busy ${percent(most)} of the time: this may be its ceiling and not the target's`,
      }
    : undefined
}

/** Readers that catch up take all that they get: what holds them up is the target, unless it is their own thread. */
export const caughtUpBusy: ValidityCheck = ({ generator: { catchUpThreads = [] }, catchUpSeconds }) => {
  const most = Math.max(0, ...catchUpThreads.map((thread) => thread.busy))
  return hasRate(catchUpSeconds) && most > BUSY
    ? {
        verdict: 'SUSPECT',
        why: `a thread of the generator was busy ${percent(most)} of the time that readers caught up: this may be its ceiling and not the target's`,
      }
    : undefined
}

/** All bytes of a run with faults on the way go through it, and what it is slow in counts as the target's time. */
export const proxyBusy: ValidityCheck = ({ generator: { proxyThread } }) =>
  proxyThread !== undefined && proxyThread.busy > BUSY
    ? {
        verdict: 'SUSPECT',
        why: `the generator's proxy, through which all bytes went, was busy ${percent(proxyThread.busy)} of the time: this may be its ceiling and not the target's`,
      }
    : undefined

/** One append in twenty meets a collection then: that is well within a p99, whatever each takes. */
const COLLECTING = 0.05

export const collecting: ValidityCheck = ({ generator, workload }) => {
  const total = Math.max(0, ...generator.threads.map(({ collectedUs }) => collectedUs))
  const part = total / SECOND_US / workload.seconds
  return part > COLLECTING
    ? { verdict: 'SUSPECT', why: `the generator collected garbage ${percent(part)} of the time` }
    : undefined
}

/** A ceiling is of a closed loop, at which answers wait already, and of one day: a fifth is left for both. */
const NEAR = 0.8

export const nearCeiling: ValidityCheck = ({ ceiling }) => {
  const near = [
    [ceiling?.load, 'the load took'] as const,
    [ceiling?.catchUp, 'catching up took'] as const,
  ].flatMap(([part = 0, what]) => (part > NEAR ? [`${what} ${percent(part)}`] : []))
  return near.length > 0
    ? {
        verdict: 'SUSPECT',
        why: `${near.join(' and ')} of what this generator can do, as calibrate found it: this may be its ceiling and not the target's`,
      }
    : undefined
}
