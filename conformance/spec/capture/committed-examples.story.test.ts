import { expect, test } from 'vitest'
import { capture } from './capture.ts'
import type { Example } from './example.ts'
import { readExamples } from './example-files.ts'
import { SOURCES } from './sources.ts'

/**
 * Rows whose checks send one request after another, wait for nothing and send no large records. The exchanges of other rows vary: heartbeats and
 * polls by time (`SSE-*`, `CMD-024`, `READ-010`), concurrent appends by their order (`APP-004`, `APP-008`, `APP-027`, `TAIL-005`).
 */
const SUBSET = ['APP-01*', 'REC-001', 'REC-006', 'REC-007', 'REC-009', 'REC-01*', 'CMD-00*']

const keyOf = ({ id, transport }: Example): string => `${id}/${transport}`

const TIME = /\b17672\d{8}\b|\b2026-01-01T[\d:.]+Z/g

/** Times are left out: whether two appends arrive in one millisecond differs from run to run. */
const withoutTimes = (example: Example): unknown =>
  JSON.parse(
    JSON.stringify(example, (_, value: unknown) => {
      if (typeof value === 'string') return value.replaceAll(TIME, 'TIME')
      const isMessage = typeof value === 'object' && value !== null && 'hex' in value
      return isMessage && Object.values(value).join().search(TIME) >= 0 ? { ...value, hex: 'TIME' } : value
    }),
  )

const byKey = (examples: readonly Example[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(examples.map((example) => [keyOf(example), withoutTimes(example)]))

test('a run produces the committed examples; `npm run spec -- --capture --out DIR` replaces them', async () => {
  const [source] = SOURCES
  if (source === undefined) throw new Error('no source of examples')
  const interrupted = new AbortController().signal
  const fresh = await capture({ ...source, only: SUBSET }, { interrupted, onProgress: () => {} })
  const committed = new Map((await readExamples()).map((example) => [keyOf(example), example]))
  const expected = fresh.flatMap((example) => committed.get(keyOf(example)) ?? [])
  expect(byKey(fresh)).toEqual(byKey(expected))
})
