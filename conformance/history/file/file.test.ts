import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../../kit/random.ts'
import { generateHistory } from '../../../verification/agreement/generate.ts'
import type { Action, History, Operation, Outcome } from '../operation.ts'
import type { HistoryFile } from './format.ts'
import { loadHistory, parseHistory } from './load.ts'
import { linesOf, writeHistory } from './write.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 's2-history-file-test-'))
})
afterAll(() => rm(folder, { recursive: true }))

const about = { workload: 'mixed', seed: 1, target: 'nowhere', started: '2026-01-01T00:00:00.000Z' }
const fileOf = (history: History): HistoryFile => ({ about, history })

/** Every kind of action and of outcome, with these as numbers and timestamps. */
function everything(seqNum: bigint, timestamp: bigint): History {
  const at = { seqNum, timestamp }
  const record = { ...at, body: 'é "quoted"\n' }
  const append: Action = {
    action: 'append',
    bodies: [record.body],
    fence: 'f',
    trim: seqNum,
    session: 's',
    matchSeqNum: seqNum,
    fencingToken: '',
  }
  const pairs: (readonly [Action, Outcome])[] = [
    [append, { outcome: 'acked', start: at, end: at, tail: { seqNum, timestamp: timestamp - 1n } }],
    [append, { outcome: 'seq-num-mismatch', actual: seqNum }],
    [append, { outcome: 'fencing-token-mismatch', actual: 'other' }],
    [append, { outcome: 'failed' }],
    [append, { outcome: 'unknown' }],
    [
      { action: 'read', from: seqNum, count: 3 },
      { outcome: 'records', records: [record], complete: true },
    ],
    [
      { action: 'read', from: seqNum, count: 3 },
      { outcome: 'unwritten', tail: at },
    ],
    [
      { action: 'follow', from: seqNum },
      { outcome: 'records', records: [record], complete: false },
    ],
    [{ action: 'check-tail' }, { outcome: 'tail', tail: at }],
  ]
  const operations = pairs.map(([did, got], id): Operation => {
    const returned = got.outcome === 'unknown' ? Number.POSITIVE_INFINITY : id + 0.125
    return { id, client: id % 3, called: id, returned, did, got }
  })
  return { operations, log: [record] }
}

const EDGES = [2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 64n - 1n]

test.each(EDGES)('what is written of numbers around %s is read again, exactly', async (edge) => {
  const path = join(folder, `${edge}.jsonl`)
  const file = fileOf(everything(edge, edge))
  await writeHistory(path, file)
  expect(await readFile(path, 'utf8')).toContain(`[${edge},${edge},`)
  expect(await loadHistory(path)).toEqual(file)
})

test('whatever 64-bit numbers it has, and however long it is', async () => {
  const number = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n })
  await fc.assert(
    fc.asyncProperty(number, number, async (seqNum, timestamp) => {
      const file = fileOf(everything(seqNum, timestamp))
      expect(await parseHistory(linesOf(file))).toEqual(file)
    }),
  )
  const kinds = {
    append: 4,
    session: 2,
    conditional: 3,
    fenced: 2,
    fence: 1,
    trim: 1,
    read: 4,
    tail: 4,
    follow: 2,
  }
  const history = generateHistory(createRandom(1), { clients: 6, operations: 3000, kinds, lost: 5 })
  const lines = [...linesOf(fileOf(history))]
  // What is read shares what it can with the log: written again, it says the same.
  expect([...linesOf(await parseHistory(lines))]).toEqual(lines)
})
