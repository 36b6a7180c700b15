import { expect, onTestFinished, test } from 'vitest'
import { singleEndpoint } from '../../../client/endpoints.ts'
import { attach } from '../../../client/launch/attached.ts'
import { realClock } from '../../../kit/clock.ts'
import type { RequirementResult } from '../../../reports/result.ts'
import { tailGoesBack } from '../../../verification/suite-mutants/check-tail/tail-goes-back.ts'
import { twoWinnersOfACondition } from '../../../verification/suite-mutants/conditions/two-winners-of-a-condition.ts'
import type { Defect } from '../../../verification/suite-mutants/defect.ts'
import { startServer } from '../../../verification/suite-mutants/server.ts'
import { judge } from '../../../verification/suite-mutants/trial.ts'
import { testRequirement } from '../../testing/check-parts.ts'
import { expectLinearizableInFaults } from './faults.ts'

/** Of LIN-006 the history alone: what else the row asks may find a defect before. */
const underFaults = testRequirement(expectLinearizableInFaults, { on: ['s2s'] })

async function judged(defect?: Defect): Promise<RequirementResult> {
  const server = await startServer(defect)
  onTestFinished(() => server.stop())
  const [result] = await judge([underFaults], attach(singleEndpoint(server.url)), realClock)
  if (result === undefined) throw new Error('nothing was judged')
  return result
}

test('a history under faults passes a healthy server, with receipts of faults and of overlap', async () => {
  const { verdict, observations = [] } = await judged()
  expect(verdict).toBe('pass')
  const receipts = (what: RegExp): number[] =>
    observations.flatMap((line) => [...line.matchAll(what)].map(([, count]) => Number(count)))
  for (const what of [/(\d+) cuts?/g, /(\d+) overlaps?/g, /(\d+) unknown outcomes?/g]) {
    const counts = receipts(what)
    expect(counts.length, `${what}`).toBeGreaterThan(0)
    expect(Math.max(...counts), `${what}`).toBeGreaterThan(0)
  }
})

test.each<[string, Defect]>([
  ['tail-goes-back', tailGoesBack],
  ['two-winners-of-a-condition', twoWinnersOfACondition],
])('a history under faults finds %s, and draws the few operations that show it', async (_name, defect) => {
  const { verdict, reason, timelines = [] } = await judged(defect)
  expect({ verdict, reason }).toEqual({
    verdict: 'fail',
    reason: expect.stringContaining('linearizable history'),
  })
  const [first] = timelines
  const shown = first?.operations.filter(({ isEvidence }) => isEvidence) ?? []
  expect(shown.length).toBeGreaterThan(0)
  expect(shown.length).toBeLessThan(20)
})
