import { describe, expect, test } from 'vitest'
import { createStableValues, type StableValues } from './stable-values.ts'

const BEGAN = 1_800_000_000_000n

const values = (): StableValues =>
  createStableValues({
    namePrefix: 's2c-run123-',
    basin: 's2c-run123-1',
    host: '127.0.0.1:45678',
    began: BEGAN,
    from: BEGAN + 20_000n,
    to: BEGAN + 30_000n,
  })

describe('names', () => {
  test('are numbered in the order of their first appearance, whatever the run called them', () => {
    const stable = values()
    expect(stable.text('/v1/streams/s2c-run123-77/records')).toBe('/v1/streams/example-1/records')
    expect(stable.text('s2c-run123-9 s2c-run123-77')).toBe('example-2 example-1')
    expect(stable.text('s2c-run123-1 at http://127.0.0.1:45678')).toBe('my-basin at http://127.0.0.1:8080')
  })

  test('keep the spelling of the request: upper case, percent-encoded', () => {
    const stable = values()
    expect(stable.text('/S2C-RUN123-77 s2c-run123-77 %732c-run123-77')).toBe(
      '/EXAMPLE-1 example-1 %65xample-1',
    )
    expect(stable.text('%732c-run123-1')).toBe('%6dy-basin')
  })

  test('issued tokens are hidden', () => {
    expect(values().text('{"access_token":"c2VjcmV0"}')).toBe('{"access_token":"token-1"}')
  })
})

describe('times', () => {
  test('of one exchange are one moment, and a later exchange repeats it', () => {
    const stable = values()
    stable.nextExchange()
    expect(stable.timestamp(BEGAN + 21_000n)).toBe(1_767_225_601_000n)
    expect(stable.timestamp(BEGAN + 21_007n)).toBe(1_767_225_601_000n)
    stable.nextExchange()
    expect(stable.timestamp(BEGAN + 21_007n)).toBe(1_767_225_601_000n)
    expect(stable.timestamp(BEGAN + 22_000n)).toBe(1_767_225_602_000n)
  })

  test('that a check computes keep their distance in minutes', () => {
    expect(values().timestamp(BEGAN + 20_400n + 3_600_000n)).toBe(1_767_225_600_000n + 3_600_000n)
  })

  test('that are none of the run stay', () => {
    const stable = values()
    expect([0n, 1n, 1_500_000_000_000n].map(stable.timestamp)).toEqual([0n, 1n, 1_500_000_000_000n])
    expect(stable.text('{"timestamp":17}')).toBe('{"timestamp":17}')
  })

  test('in seconds become seconds', () => {
    const stable = values()
    stable.nextExchange()
    const seconds = BEGAN / 1000n
    expect(stable.text(`start=${seconds - 3600n + 20n}&end=${seconds + 21n}`)).toBe(
      'start=1767222000&end=1767225601',
    )
    expect(stable.text('1796284132')).toBe('1796284132')
  })

  test('in ISO form keep their precision', () => {
    const stable = values()
    stable.nextExchange()
    const iso = new Date(Number(BEGAN + 21_000n)).toISOString()
    expect(stable.text(`"${iso}"`)).toBe('"2026-01-01T00:00:01.000Z"')
    expect(stable.text(`"${iso.slice(0, 19)}Z"`)).toBe('"2026-01-01T00:00:01Z"')
  })
})
