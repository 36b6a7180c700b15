import { expect, test } from 'vitest'
import type { Report } from './judge.ts'
import { renderTable } from './table.ts'

const reports: readonly Report[] = [
  {
    kind: 'ran',
    name: 'go-sdk',
    title: 'Go SDK v1',
    setup: 'hosted',
    seconds: 12.4,
    verdict: {
      passed: 120,
      failed: [{ test: 'TestAppend', outcome: 'failed', output: 'want 412\ngot 409' }],
      known: [
        { result: { test: 'TestRead', outcome: 'failed', output: '' }, reason: 'its line 3 wants a clock' },
      ],
      skipped: [{ test: 'TestList', outcome: 'skipped', output: 'no basins' }],
      stale: [{ client: 'go-sdk', test: 'TestTrim', came: /x/, reason: 'it was slow', sometimes: false }],
    },
  },
  {
    kind: 'skipped',
    name: 'bench',
    title: 's2 bench',
    setup: 'lite',
    seconds: 0,
    reason: 'there is no cargo',
  },
  {
    kind: 'broken',
    name: 'rust-sdk',
    title: 'Rust SDK',
    setup: 'lite, TLS',
    seconds: 1,
    reason: 'cargo failed:\nno linker',
  },
]

test('shows each client, all that is to be explained, and the sums on the last line', () => {
  expect(renderTable(reports)).toMatchInlineSnapshot(`
    "client     server     passed  failed  known  skipped
    Go SDK v1  hosted        120       2      1        1  12 s
    s2 bench   lite            -       -      -        -  not run: there is no cargo
    Rust SDK   lite, TLS       -       1      -        -  could not be run

    FAILED Go SDK v1 (hosted): TestAppend
      want 412
      got 409

    STALE Go SDK v1 (hosted): TestTrim no longer fails as it did
      it was slow

    KNOWN Go SDK v1 (hosted): TestRead
      its line 3 wants a clock

    SKIPPED Go SDK v1 (hosted): TestList
      no basins

    BROKEN Rust SDK (lite, TLS)
      cargo failed:
      no linker

    120 passed, 3 failed"
  `)
})

test('is short when all is well', () => {
  const well: Report = {
    kind: 'ran',
    name: 'bench',
    title: 's2 bench',
    setup: 'lite',
    seconds: 8,
    verdict: { passed: 3, failed: [], known: [], skipped: [], stale: [] },
  }
  expect(renderTable([well])).toMatchInlineSnapshot(`
    "client    server  passed  failed  known  skipped
    s2 bench  lite         3       0      0        0  8 s

    3 passed, 0 failed"
  `)
})
