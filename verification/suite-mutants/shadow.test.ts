import { expect, test } from 'vitest'
import { wire } from '../../reference-server/http/wire.ts'
import { EMPTY_STREAM, type StreamState } from '../../reference-server/semantics/append/stream-state.ts'
import { rules } from '../../reference-server/semantics/rules.ts'
import { openMemoryStore } from '../../reference-server/store/memory.ts'
import { batch, ok } from '../../reference-server/testing/test-backend.ts'
import { staleTailDuringCommits } from './check-tail/stale-tail-during-commits.ts'
import { tailGoesBack } from './check-tail/tail-goes-back.ts'
import { tailIsTheLastRecord } from './check-tail/tail-is-the-last-record.ts'
import type { RulesDefect } from './defect.ts'
import { createShadows } from './shadow.ts'

const healthy = { rules, wire, store: await openMemoryStore() }
const timestamping = { mode: 'client-prefer', uncapped: false } as const

test('the healthy server does as it does, and each defect is asked what it would have done', () => {
  const shadows = createShadows([tailIsTheLastRecord])
  const { rules: followed } = shadows.follow(healthy)
  expect(followed.checkTail(EMPTY_STREAM)).toEqual({ seqNum: 0n, timestamp: 0n })
  expect([...shadows.called]).toEqual(['tail-is-the-last-record'])
  expect([...shadows.fired]).toEqual([])

  const { state } = ok(followed.append(EMPTY_STREAM, batch(['a']), 1n, timestamping, undefined))
  expect(followed.checkTail(state).seqNum).toBe(1n)
  expect([...shadows.fired]).toEqual(['tail-is-the-last-record'])
  shadows.reset()
  expect([...shadows.called, ...shadows.fired]).toEqual([])
})

test('a defect that goes by what was before knows the states of the server', () => {
  const shadows = createShadows([staleTailDuringCommits])
  const { rules: followed } = shadows.follow(healthy)
  const after = (state: StreamState): StreamState =>
    ok(followed.append(state, batch(['a']), 1n, timestamping, undefined)).state
  const first = after(EMPTY_STREAM)
  followed.checkTail(first)
  expect([...shadows.fired]).toEqual([])
  after(first)
  expect(followed.checkTail(first).seqNum).toBe(1n)
  expect([...shadows.fired]).toEqual(['stale-tail-during-commits'])
})

test('what throws where the healthy server does not has decided something', () => {
  const thrower: RulesDefect = {
    ...tailIsTheLastRecord,
    name: 'throws',
    apply: (own) => ({
      ...own,
      checkTail() {
        throw new Error('no tail')
      },
    }),
  }
  const shadows = createShadows([thrower])
  expect(shadows.follow(healthy).rules.checkTail(EMPTY_STREAM).seqNum).toBe(0n)
  expect([...shadows.fired]).toEqual(['throws'])
})

test('of a store all that is used is called, and nothing is done twice', async () => {
  const shadows = createShadows([tailGoesBack])
  let commits = 0
  const counting = {
    ...healthy.store,
    commit: () => {
      commits += 1
      return Promise.resolve()
    },
  }
  await shadows.follow({ ...healthy, store: counting }).store.commit([])
  expect(commits).toBe(1)
  expect([...shadows.called]).toEqual(['tail-goes-back'])
  expect([...shadows.fired]).toEqual([])
})
