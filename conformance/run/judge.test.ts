import { describe, expect, test } from 'vitest'
import { ConformanceFailure, InconclusiveError } from '../../client/failures.ts'
import { TargetError } from '../../client/target-error.ts'
import { Interrupted } from '../../kit/run-ended.ts'
import { judge } from './judge.ts'

const finding = new ConformanceFailure({ subject: 'the tail', expected: '1', actual: '2' })

describe('the verdict on a check', () => {
  test.each([
    ['MUST', 'core', finding, 'fail', 'the tail: expected 1, actual 2'],
    ['MUST', 'lite', finding, 'fail', 'the tail: expected 1, actual 2'],
    ['SHOULD', 'core', finding, 'warn', 'the tail: expected 1, actual 2'],
    ['MAY', 'lite', finding, 'warn', 'the tail: expected 1, actual 2'],
    ['MUST', 'probe', finding, 'warn', 'the tail: expected 1, actual 2'],
    ['MUST', 'hosted', finding, 'warn', 'unverified: the tail: expected 1, actual 2'],
    ['MUST', 'core', new TargetError('timeout', 'the ack did not come'), 'fail', 'the ack did not come'],
    ['MUST', 'core', new TargetError('malformed', 'not HTTP'), 'fail', 'not HTTP'],
    ['MUST', 'core', new TargetError('reset', 'stream reset'), 'fail', 'stream reset'],
    ['SHOULD', 'core', new TargetError('timeout', 'nothing came'), 'warn', 'nothing came'],
    ['MUST', 'core', new TargetError('refused', 'no connection'), 'error', 'no connection'],
    ['MUST', 'core', new TargetError('cut', 'closed'), 'error', 'closed'],
    ['MUST', 'probe', new TargetError('cut', 'closed'), 'error', 'closed'],
    ['MUST', 'core', new InconclusiveError('no overlap'), 'inconclusive', 'no overlap'],
    ['MUST', 'core', new Interrupted(), 'inconclusive', 'the run was interrupted'],
  ] as const)('%s %s, %s: %s', (level, tier, error, verdict, reason) => {
    expect(judge({ level, tier }, { ended: 'thrown', error })).toMatchObject({ verdict, reason })
  })

  test('is pass when nothing was thrown', () => {
    expect(judge({ level: 'MUST', tier: 'core' }, { ended: 'well', looks: 1 })).toEqual({ verdict: 'pass' })
  })

  test('is error when nothing was looked at', () => {
    expect(judge({ level: 'MUST', tier: 'core' }, { ended: 'well', looks: 0 })).toEqual({
      verdict: 'error',
      reason: 'the check looked at nothing',
    })
  })

  test('is error for a mistake of ours, and says where it is', () => {
    const { verdict, reason } = judge(
      { level: 'MUST', tier: 'core' },
      { ended: 'thrown', error: new TypeError('x') },
    )
    expect(verdict).toBe('error')
    expect(reason).toMatch(/^the check itself failed: TypeError: x \(.*judge\.test\.ts.*\)$/)
  })
})
