import { type Counts, RECORDER_BYTES, Recorder } from '../../measure/recorder.ts'
import { parseWorkload } from '../../workload/parse.ts'
import type { Evidence } from '../verdict/evidence.ts'
import { calibration } from './calibration.ts'

export const counts = (amount: number, microseconds: number): Counts => mixed([amount, microseconds])

/** So many values of each kind. */
export function mixed(...kinds: readonly (readonly [amount: number, microseconds: number])[]): Counts {
  const recorder = new Recorder(new SharedArrayBuffer(RECORDER_BYTES))
  for (const [amount, microseconds] of kinds)
    for (let index = 0; index < amount; index++) recorder.record(microseconds)
  return recorder.snapshot()
}

export const HEALTHY = {
  busy: 0.2,
  loopDelayP99Us: 100,
  loopDelayMostUs: 500,
  collections: 3,
  collectedUs: 900,
  longestCollectionUs: 400,
}

/** Of a run that nothing speaks against. */
export const GOOD: Evidence = {
  workload: parseWorkload({ pacing: 'timer' }, 'here'),
  response: counts(1000, 5000),
  lag: counts(1000, 20),
  generator: { threads: [HEALTHY], stalled: 0, machineBusy: 0.4 },
  progress: { due: 1000, acked: 1000 },
  planned: 1000,
  begun: 1000,
  ended: 1000,
  acked: 1000,
  unfinished: 0,
  unknown: 0,
  refused: 0,
  untimed: 0,
  waited: 0,
  heldBack: 0,
  stalled: 0,
  readEndings: {},
  readersCut: 0,
  readersGivenUp: { tail: 0, catchUp: 0 },
  catchUpSeconds: 2,
  interrupted: false,
  faults: [],
  checkTails: { begun: 0, good: 0, failed: 0 },
}

export const thread = (change: object): Partial<Evidence> => ({
  generator: { ...GOOD.generator, threads: [HEALTHY, { ...HEALTHY, ...change }] },
})

export const caughtUp = (change: object): Partial<Evidence> => ({
  generator: { ...GOOD.generator, catchUpThreads: [HEALTHY, { ...HEALTHY, ...change }] },
})

export const near = (parts: object): Partial<Evidence> => {
  const { ceilings, floor, lag } = calibration
  return { ceiling: { calibrated: calibration.measured, ceilings, floor, lag, ...parts } }
}

export const fault = (change: object): Partial<Evidence> => ({
  faults: [
    {
      what: 'cut at 1s',
      kind: 'cut',
      plannedAt: 1,
      met: 'nobody was there',
      refused: 0,
      unknown: 0,
      longestGapUs: 0,
      ...change,
    },
  ],
})
