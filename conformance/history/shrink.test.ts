import { expect, test } from 'vitest'
import { createRandom } from '../../kit/random.ts'
import { corrupt } from '../../verification/agreement/corrupt.ts'
import { generateHistory, type Kind } from '../../verification/agreement/generate.ts'
import { checkHistory } from './check-history.ts'
import { timelineOf } from './draw.ts'
import type { Finding } from './finding.ts'
import type { History } from './operation.ts'
import { placeAppends } from './placement.ts'
import { restrict } from './restrict.ts'
import { shrink } from './shrink.ts'
import { isLinearizable } from './wing-gong.ts'

const KINDS: Readonly<Record<Kind, number>> = {
  append: 4,
  session: 1,
  conditional: 3,
  fenced: 0,
  fence: 0,
  trim: 0,
  read: 4,
  tail: 4,
  follow: 1,
}
const WITH_FENCES = { ...KINDS, fenced: 2, fence: 1 }

const generated = (seed: number, operations: number, kinds: typeof KINDS): History =>
  generateHistory(createRandom(seed), { clients: 3, operations, kinds, lost: 10 })

const findingsOf = (history: History): readonly Finding[] => {
  const judgement = checkHistory(history)
  return judgement.verdict === 'violated' ? judgement.findings : []
}

/** What real time or the meaning of an answer shows; where the log itself is wrong, there is no order to cut it down by. */
const SHRUNK: readonly Finding['anomaly'][] = [
  'stale-read',
  'stale-tail',
  'tail-regression',
  'future-read',
  'wrong-precondition',
]

test('what is left of a violation still is one, for the sweep and for the search', () => {
  let shrunk = 0
  let smaller = 0
  for (let seed = 1; seed <= 1500; seed++) {
    const history = corrupt(generated(seed, 9, WITH_FENCES), createRandom(seed))
    const [finding] = findingsOf(history)
    if (finding === undefined || !SHRUNK.includes(finding.anomaly)) continue
    const kept = shrink(history, finding)
    const left = restrict(history, placeAppends(history).placed, kept)
    if (left === undefined) throw new Error(`seed ${seed}: what was kept makes no history`)
    expect(
      findingsOf(left).map(({ anomaly }) => anomaly),
      `seed ${seed}`,
    ).toContain(finding.anomaly)
    expect(isLinearizable(left), `seed ${seed}, by the search`).toBe(false)
    shrunk++
    if (kept.length < history.operations.length) smaller++
  }
  expect(shrunk).toBeGreaterThan(100)
  expect(smaller / shrunk).toBeGreaterThan(0.9)
})

test('no part of a linearizable history is a violation', () => {
  let parts = 0
  for (let seed = 1; seed <= 800; seed++) {
    const random = createRandom(seed)
    const history = generated(seed, 8, KINDS)
    const { placed } = placeAppends(history)
    const part = restrict(
      history,
      placed,
      history.operations.filter(() => random() < 0.6),
    )
    if (part === undefined) continue
    parts++
    expect(findingsOf(part), `seed ${seed}`).toEqual([])
    expect(isLinearizable(part), `seed ${seed}, by the search`).toBe(true)
  }
  expect(parts).toBeGreaterThan(200)
})

test('of hundreds of operations a handful is left, the accused among them', () => {
  const history = generated(5, 400, KINDS)
  const late = history.operations.findLast(({ got }) => got.outcome === 'tail')
  if (late?.got.outcome !== 'tail') throw new Error('no tail was told')
  const stale = { ...late, got: { outcome: 'tail', tail: { seqNum: 0n, timestamp: 0n } } as const }
  const operations = history.operations.map((operation) => (operation === late ? stale : operation))
  const broken = { ...history, operations }
  const finding = findingsOf(broken).find((each) => each.operations.at(-1) === stale)
  if (finding === undefined) throw new Error('the stale tail was not found')
  const kept = shrink(broken, finding)
  expect(kept).toContain(stale)
  expect(kept.length).toBeLessThanOrEqual(4)
  const { title, operations: drawn } = timelineOf(finding, broken)
  expect(title).toContain(`${kept.length} of ${operations.length} operations show it`)
  expect(drawn.filter(({ isEvidence }) => isEvidence)).toHaveLength(kept.length)
})
