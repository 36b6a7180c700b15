import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RequirementResult, RunResult } from '../../../reports/result.ts'
import { tailGoesBack } from '../../defects/check-tail/tail-goes-back.ts'
import { twoWinnersOfACondition } from '../../defects/conditions/two-winners-of-a-condition.ts'
import type { Defect } from '../../defects/defect.ts'
import { startServer } from '../../defects/server.ts'
import { play } from '../../testing/play.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 's2-faults-test-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function judged(defect?: Defect): Promise<RequirementResult | undefined> {
  const server = await startServer(defect)
  const json = join(folder, 'report.json')
  try {
    const only = ['--only', 'LIN-006', '--seed', '7', '--json', json]
    await play(['run', '--endpoint', server.url, ...only], { cwd: folder })
  } finally {
    await server.stop()
  }
  const report: Pick<RunResult, 'results'> = JSON.parse(await readFile(json, 'utf8'))
  return report.results.find(({ id }) => id === 'LIN-006')
}

test('LIN-006 passes a healthy server, with receipts of faults and of overlap', async () => {
  const { verdict, observations = [] } = (await judged()) ?? {}
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
])('LIN-006 finds %s under faults, and draws the few operations that show it', async (_name, defect) => {
  const { verdict, reason, timelines = [] } = (await judged(defect)) ?? {}
  expect({ verdict, reason }).toEqual({
    verdict: 'fail',
    reason: expect.stringContaining('linearizable history'),
  })
  const [first] = timelines
  const shown = first?.operations.filter(({ isEvidence }) => isEvidence) ?? []
  expect(shown.length).toBeGreaterThan(0)
  expect(shown.length).toBeLessThan(20)
})
