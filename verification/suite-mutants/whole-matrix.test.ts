import { expect, test } from 'vitest'
import { testRequirement } from '../../conformance/testing/check-parts.ts'
import { canary } from './canary.ts'
import { renderKinds, unclaimedIds } from './render.ts'
import { sightsOf, wholeToMarkdown } from './whole-markdown.ts'
import {
  isTried,
  parseWhole,
  type WholeEntry,
  type WholeMatrix,
  wholeToJson,
  whyLeft,
} from './whole-matrix.ts'

const check = (): Promise<void> => Promise.resolve()

test('every defect is tried by the rows that neither wait for long nor ask much nor want another server', () => {
  const rows = [
    testRequirement(check, { id: 'QUICK', needs: ['basins', 'metrics'] }),
    testRequirement(check, { id: 'SLOW', seconds: 5 }),
    testRequirement(check, { id: 'KILLS', needs: ['restart'] }),
    testRequirement(check, { id: 'LACKS', unless: ['metrics'] }),
    testRequirement(check, { id: 'AUT-021', on: ['json', 'base64', 'protobuf', 'sse', 's2s'] }),
  ]
  expect(rows.map(whyLeft)).toEqual([
    undefined,
    'waits 5 s',
    'needs restart',
    'is about servers without metrics',
    expect.stringMatching(/^asks \d+ times$/),
  ])
})

const killed: WholeEntry = {
  fate: 'killed',
  claimedBy: ['A'],
  inVain: [],
  noticedBy: ['B'],
  unnoticedBy: ['C'],
  unclear: [],
}
const matrix: WholeMatrix = {
  requirements: ['A', 'B', 'C', 'D'],
  left: { E: 'waits 60 s' },
  defects: {
    'some-defect': killed,
    other: { ...killed, fate: 'survived', claimedBy: [], inVain: ['A'], noticedBy: [] },
  },
  pending: { third: ['A', 'B'] },
}

test('a matrix is read as it was written, and what is none is refused', () => {
  expect(parseWhole(wholeToJson(matrix))).toEqual(matrix)
  expect(
    wholeToJson(matrix)
      .split('\n')
      .filter((line) => line.includes('"fate"')),
  ).toHaveLength(2)
  for (const text of ['[]', '{}', wholeToJson(matrix).replace('killed', 'wounded')])
    expect(() => parseWhole(text)).toThrow(TypeError)
})

test('a defect is tried again when its claims are others', () => {
  const claims = (...kills: readonly [string, ...string[]]) =>
    isTried(matrix, { ...canary, name: 'other', kills })
  expect(claims('A')).toBe(true)
  expect(claims('B')).toBe(false)
  expect(claims('A', 'B')).toBe(false)
  expect(isTried(matrix, { ...canary, name: 'third' })).toBe(false)
})

test('of each requirement it tells how many defects it met and noticed', () => {
  expect(sightsOf(matrix)).toEqual([
    { id: 'A', notices: 1, meets: 2 },
    { id: 'B', notices: 1, meets: 1 },
    { id: 'C', notices: 0, meets: 2 },
    { id: 'D', notices: 0, meets: 0 },
  ])
})

test('people are told who sees nothing, and what is newer', () => {
  const text = wholeToMarkdown(matrix, {
    defects: ['some-defect', 'other', 'third'],
    requirements: ['A', 'E', 'F'],
    unclaimed: ['D', 'E'],
  })
  expect(text).toContain(
    '2 defects, 1 of them killed; 4 requirements; they met 5 times, and 2 times it was noticed',
  )
  expect(text).toContain('those that claim them:** other.')
  expect(text).toContain('how many these are: C (2).')
  expect(text).toContain('meet none:** D.')
  expect(text).toContain('**Not whole yet: 1 defects are still to be tried.**')
  expect(text).toContain('waits: E.')
  expect(text).toContain('**Newer than this matrix,** 2: third, F.')
  expect(text).toContain('claimed by no defect,** 2: D, E.')
  expect(text).toContain('| some-defect | 3 | 2 | 0 | A |')
  expect(text).toContain('| other **survived** | 2 | 0 | 0 | A in vain |')
})

test('the defects that few look for are counted by kind', () => {
  expect(renderKinds([{}, { only: 'limit' }, { only: 'limit' }, { only: 'crash' }])).toBe(
    'of 4 defects seen only in places: 0 where requests overlap, 2 at a limit, 1 after a crash or restart, 0 on some of the transports',
  )
})

test('unclaimed are the requirements of the level MUST that no defect names', () => {
  const rows = [
    testRequirement(check, { id: 'A' }),
    testRequirement(check, { id: 'B' }),
    testRequirement(check, { id: 'C', level: 'SHOULD' }),
  ]
  expect(unclaimedIds(rows, [{ kills: ['A'] }])).toEqual(['B'])
})
