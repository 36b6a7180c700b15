import { describe, expect, test } from 'vitest'
import { createExpect } from '../check/expect.ts'
import { timeOf } from './times.ts'

const judge = createExpect(() => undefined)

describe('timeOf', () => {
  test.each([
    ['2026-01-02T03:04:05Z', 1_767_323_045_000],
    ['2026-01-02T03:04:05.678901Z', 1_767_323_045_678],
    ['2026-01-02T03:04:05+00:00', 1_767_323_045_000],
  ])('%s', (text, time) => expect(timeOf(judge, text)).toBe(time))

  test.each([undefined, null, 0, '', 'today', '2026-01-02', '2026-01-02T03:04:05', '2026-13-02T03:04:05Z'])(
    'finds fault with %s',
    (text) => expect(() => timeOf(judge, text)).toThrow('RFC 3339'),
  )
})
