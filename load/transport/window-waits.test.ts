import { expect, test } from 'vitest'
import { WaitClock, WaitTally } from './window-waits.ts'

test('what data waits for is added up by whose window it is, and a stretch goes on while any of them is closed', () => {
  const tally = new WaitTally()
  tally.add('stream', 3)
  tally.add('connection', 4)
  tally.add(undefined, 100)
  tally.add('stream', 5)
  expect(tally.waits).toEqual({ byConnection: 4, byStream: 8, stretches: 2, longest: 7 })
})

test('what is closed and opened at one moment is none', () => {
  const tally = new WaitTally()
  tally.add('stream', 0)
  expect(tally.waits).toEqual({ byConnection: 0, byStream: 0, stretches: 0, longest: 0 })
})

test('who knows when it begins and ends tells it at any moment between', () => {
  let at = 10
  const clock = new WaitClock(() => at)
  at = 20
  clock.set('connection')
  at = 23
  expect(clock.waits(at)).toEqual({ byConnection: 3, byStream: 0, stretches: 1, longest: 3 })
  at = 25
  clock.set('stream')
  clock.set('stream')
  at = 26
  clock.set(undefined)
  at = 90
  expect(clock.waits(at)).toEqual({ byConnection: 5, byStream: 1, stretches: 1, longest: 6 })
  clock.set('stream')
  at = 91
  expect(clock.waits(at)).toEqual({ byConnection: 5, byStream: 2, stretches: 2, longest: 6 })
})
