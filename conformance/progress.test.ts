import { describe, expect, test } from 'vitest'
import type { RequirementResult } from '../reports/result.ts'
import { createProgress } from './progress.ts'
import { testTarget } from './testing/check-parts.ts'

const result = (id: string, verdict: 'pass' | 'fail') =>
  ({ id, title: 'Acks are in order', verdict }) as RequirementResult

/** Four rows that are expected to take 1 s each. */
function drawn(isInteractive: boolean, lines: boolean): string {
  let text = ''
  let time = 0
  const io = {
    err: (part: string) => {
      text += part
    },
    isInteractive,
    progressWidth: 80,
  }
  const expected = new Map(['A', 'B', 'C', 'D'].map((id) => [id, 1000]))
  const progress = createProgress(io, { lines, expected }, () => time)
  progress.onTarget(testTarget('http://127.0.0.1:1'), 4)
  progress.onStart('A')
  time = 6000
  progress.onResult(result('A', 'fail'))
  progress.onStart('B')
  time = 12_000
  progress.onResult(result('B', 'pass'))
  progress.end()
  return text
}

const clear = '\r\u001b[K'

describe('progress', () => {
  test('is a line of a terminal that is redrawn and removed, below the failures', () => {
    expect(drawn(true, false)).toBe(
      [
        `${clear}0/4 `,
        `${clear}FAIL A Acks are in order\n`,
        `${clear}1/4, 1 failed, about 18 s left A`,
        `${clear}2/4, 1 failed, about 12 s left B`,
        clear,
      ].join(''),
    )
  })

  test('is nothing in a pipe', () => {
    expect(drawn(false, false)).toBe('')
  })

  test('is lines in a pipe if requested, every ten seconds', () => {
    expect(drawn(false, true)).toBe('0/4\nFAIL A Acks are in order\n2/4, 1 failed, about 12 s left\n')
  })
})
