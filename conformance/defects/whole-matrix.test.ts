import { expect, test } from 'vitest'
import { testRequirement } from '../testing/check-parts.ts'
import type { Entry, Matrix } from './matrix.ts'
import { renderKinds } from './render.ts'
import { matrixToJson, matrixToMarkdown, triable } from './whole-matrix.ts'

const check = (): Promise<void> => Promise.resolve()

test('tried are the rows that neither wait for long nor want another server', () => {
  const rows = [
    testRequirement(check, { id: 'QUICK', needs: ['basins', 'metrics'] }),
    testRequirement(check, { id: 'SLOW', seconds: 5 }),
    testRequirement(check, { id: 'KILLS', needs: ['restart'] }),
    testRequirement(check, { id: 'LACKS', unless: ['metrics'] }),
  ]
  expect(triable(rows)).toEqual(['QUICK'])
})

const killed: Entry = {
  name: 'some-defect',
  fate: 'killed',
  claims: [{ id: 'A', verdict: 'fail', kills: true }],
  firings: 3,
  noticedBy: ['B', 'C'],
  bystanders: 9,
}
const lives: Entry = {
  ...killed,
  name: 'other',
  fate: 'survived',
  claims: [{ id: 'A', verdict: 'pass', kills: false }],
  noticedBy: [],
}
const matrix: Matrix = { accusations: [], canary: killed, entries: [lives] }

test('the matrix tells of every defect who sees it', () => {
  expect(JSON.parse(matrixToJson(matrix, 10))).toEqual({
    triedBy: 10,
    passed: 2,
    failed: 1,
    defects: {
      'some-defect': { fate: 'killed', claimedBy: ['A'], noticedBy: ['B', 'C'] },
      other: { fate: 'survived', claimedBy: [], noticedBy: [] },
    },
  })
  expect(matrixToMarkdown(matrix, 10)).toContain('tried by 10 requirements: 2 passed, 1 failed.')
  expect(matrixToMarkdown(matrix, 10)).toContain(
    '| some-defect | killed | A | 3 |\n| other | survived |  | 0 |',
  )
})

test('the defects that few look for are counted by kind', () => {
  expect(renderKinds([{}, { only: 'limit' }, { only: 'limit' }, { only: 'crash' }])).toBe(
    'of 4 defects seen only in places: 0 where requests overlap, 2 at a limit, 1 after a crash or restart, 0 on some of the transports',
  )
})
