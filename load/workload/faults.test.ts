import { describe, expect, test } from 'vitest'
import { describeFault, parseFaults } from './faults.ts'

const shown = (value: unknown, seconds = 10): readonly string[] =>
  parseFaults(value, seconds).map(describeFault)

describe('faults', () => {
  test.each([
    ['cut at 2s', ['cut at 2s']],
    ['stall 500ms at 2s', ['stall 500ms at 2s']],
    ['delay 20ms for 1s at 2s', ['delay 20ms for 1s at 2s']],
    ['delay 20ms at 2s for 1s', ['delay 20ms for 1s at 2s']],
    ['pause 1s at 2s', ['pause 1s at 2s']],
    ['kill at 0', ['kill at 0s']],
    ['kill for 1500ms at 2', ['kill for 1.5s at 2s']],
    ['kill at 7s, cut at 1s', ['cut at 1s', 'kill at 7s']],
  ])('%s', (text, faults) => {
    expect(shown(text)).toEqual(faults)
    expect(shown(text.split(','))).toEqual(faults)
    // What is shown is read as what it was.
    expect(shown(faults)).toEqual(faults)
  })

  test('that come again are planned by index, to the last that is over in time', () => {
    expect(parseFaults('cut at 100ms every 100ms', 1).map(({ at }) => at)).toEqual(
      Array.from({ length: 9 }, (_none, index) => 0.1 + index * 0.1),
    )
    expect(shown('stall 1s at 1s every 4s')).toEqual(['stall 1s at 1s', 'stall 1s at 5s'])
  })

  test.each<[unknown, string]>([
    ['explode at 2s', '"explode at 2s" is no fault: say "cut at 2s", "stall 500ms at 2s"'],
    ['cut', 'is no fault'],
    ['cut 2s', 'is no fault'],
    ['cut at', 'faults: at: "" is no time'],
    ['cut at 1s at 2s', 'is no fault'],
    ['cut for 1s at 2s', 'is no fault'],
    ['stall at 2s', 'is no fault'],
    ['stall 0s at 2s', 'is no fault'],
    ['delay 20ms at 2s', 'is no fault'],
    ['kill 1s at 2s', 'is no fault'],
    ['kill when ready', 'is no fault'],
    [7, '7 is no fault'],
    [[{ kind: 'cut' }], 'is no fault'],
    ['kill at 10s', '"kill at 10s" is not over within the 10 s that are measured'],
    ['pause 9s at 2s', 'is not over within'],
    ['stall 1s at 2s every 1s', 'comes again before it is over'],
    ['cut at 1s every 1ms', '101 are more than the 100'],
  ])('%j are refused', (value, why) => {
    expect(() => parseFaults(value, 10)).toThrow(why)
  })
})
