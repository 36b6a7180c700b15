import { expect, test } from 'vitest'
import type { RequirementResult } from '../reports/result.ts'
import { createProgress } from './progress.ts'
import { testTarget } from './testing/check-parts.ts'

const failed = { verdict: 'fail' } as RequirementResult

function drawn(isInteractive: boolean): string {
  let text = ''
  let time = 0
  const progress = createProgress(
    {
      err: (part) => {
        text += part
      },
      isInteractive,
      width: 80,
    },
    () => (time += 1000),
  )
  const target = testTarget('http://127.0.0.1:1')
  progress.onTarget(target, 2)
  progress.onStart('APP-001')
  progress.onResult(failed)
  progress.end()
  return text
}

test('a terminal gets one line that is drawn over and taken away', () => {
  const clear = '\r\u001b[K'
  expect(drawn(true)).toBe(`${clear}0/2 ${clear}0/2 APP-001${clear}1/2, 1 failed APP-001${clear}`)
})

test('a pipe gets nothing', () => {
  expect(drawn(false)).toBe('')
})
