import { expect, test } from 'vitest'
import type { LoadSnapshot, PlayedFault } from '../../faults/fault-schedule.ts'
import { NO_COUNTS } from '../../measure/counts.ts'
import { parseFaults } from '../../workload/faults.ts'
import { excusedFailures } from './excused-failures.ts'

/** At this second, of a load in which each second one append is refused, two wait, and so on. */
const at = (second: number): LoadSnapshot => ({
  ...{ atUs: second * 1e6, begun: 0, acked: 0, inFlight: 0, response: NO_COUNTS },
  ...{ refused: second, unknown: 10 * second, waited: 2 * second, heldBack: 3 * second },
  ...{ samples: 200 * second, stalledSamples: 100 * second, readersCut: 4 * second },
})
const [fault] = parseFaults('cut at 1s', 10)
if (fault === undefined) throw new Error('it is one')
const played = (from: number, to: number | undefined, hit = true): PlayedFault => ({
  fault,
  struck: {
    fired: at(from),
    ended: at(from),
    blow: { hit, what: '' },
    ...(to !== undefined && { recovered: at(to) }),
  },
})
const excused = (...faults: readonly PlayedFault[]) => {
  const { refused, waited, samples, times } = excusedFailures(faults, at(10))
  return { refused, waited, samples, times }
}

test('what happened while a fault lasted is excused, and nothing before it and after it', () => {
  expect(excusedFailures([played(2, 5)], at(10))).toEqual({
    ...{ refused: 3, unknown: 30, waited: 6, heldBack: 9, samples: 600, stalledSamples: 300, readersCut: 12 },
    times: 1,
  })
  expect(excused(played(2, 3), played(5, 7))).toEqual({ refused: 3, waited: 6, samples: 600, times: 2 })
})

test('of faults that overlap everything is excused once', () => {
  expect(excused(played(2, 5), played(3, 7))).toEqual({ refused: 5, waited: 10, samples: 1000, times: 1 })
  expect(excused(played(2, 7), played(3, 5))).toEqual({ refused: 5, waited: 10, samples: 1000, times: 1 })
})

test('one that nothing recovered from lasts to the end, and one that met nothing or did not come not at all', () => {
  expect(excused(played(8, undefined))).toEqual({ refused: 2, waited: 4, samples: 400, times: 1 })
  expect(excused(played(2, 5, false), { fault })).toEqual({ refused: 0, waited: 0, samples: 0, times: 0 })
})
