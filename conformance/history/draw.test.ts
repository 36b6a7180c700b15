import { expect, test } from 'vitest'
import { checkHistory } from './check-history.ts'
import { timelineOf } from './draw.ts'
import type { History } from './operation.ts'
import { acked, append, checkTail, history, log, read, records, tail } from './testing/small-history.ts'

const drawn = (broken: History): { readonly title: string; readonly outcomes: readonly string[] } => {
  const judgement = checkHistory(broken)
  const [finding] = judgement.verdict === 'violated' ? judgement.findings : []
  if (finding === undefined) throw new Error('nothing is wrong with this history')
  const { title, operations } = timelineOf(finding, broken)
  return { title, outcomes: operations.map(({ outcome }) => outcome) }
}

test('an append has the same numbers in the drawing and above it: its first and its last', () => {
  const stale = history(
    log('a', 'b', 'c'),
    [1, 2, append('a', 'b', 'c'), acked(0, 3)],
    [3, 4, checkTail, tail(0)],
  )
  expect(drawn(stale).title).toContain('an append at 0 to 2 had come back')
  expect(drawn(stale).outcomes).toEqual(['acked 0 to 2', 'tail 0'])
})

test('and so have the records of a read', () => {
  const stale = history(
    log('a', 'b', 'c'),
    [1, 2, append('a', 'b'), acked(0, 2)],
    [3, 4, append('c'), acked(2, 3)],
    [5, 6, read(0), records(0, 'a', 'b')],
  )
  expect(drawn(stale).outcomes.at(-1)).toBe('records 0 to 1')
})
