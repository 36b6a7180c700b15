import { expect, test } from 'vitest'
import type { Client, TestResult } from './client.ts'
import { runClient } from './run-client.ts'
import { HOSTED_AT_ONCE, LITE } from './setup.ts'
import { openWorkshop } from './workshop.ts'

const passing = (count: number): readonly TestResult[] =>
  Array.from({ length: count }, (_, index) => ({ test: `test ${index}`, outcome: 'passed', output: '' }))

const client = (more: Partial<Client>): Client => ({
  name: 'stub',
  title: 'a stub',
  setup: LITE,
  leastTests: 3,
  needs: async () => undefined,
  run: async () => passing(3),
  ...more,
})

const NONSENSE = { ...LITE, options: ['--nonsense'] }

const workshop = openWorkshop(false)
const report = (more: Partial<Client>) => runClient(client(more), workshop, [])

test('a client runs against a server of its own, and finds no other', async () => {
  process.env.S2_BASIN_ENDPOINT = 'https://elsewhere.test'
  const seen: unknown[] = []
  const { url, env } = await new Promise<Parameters<Client['run']>[0]>((served) => {
    void report({
      setup: HOSTED_AT_ONCE,
      run: async (server) => {
        const headers = { authorization: `Bearer ${server.env.S2_ACCESS_TOKEN}` }
        seen.push((await fetch(`${server.url}/v1/basins`)).status)
        seen.push((await fetch(`${server.url}/v1/basins`, { headers })).status)
        served(server)
        return passing(3)
      },
    }).then((ran) => seen.push(ran.kind))
  })
  delete process.env.S2_BASIN_ENDPOINT
  expect([env.S2_ACCOUNT_ENDPOINT, env.S2_BASIN_ENDPOINT]).toEqual([url, url])
  await expect.poll(() => seen).toEqual([expect.any(Number), 200, 'ran'])
  expect(seen[0]).toBeGreaterThanOrEqual(400)
})

test('one that cannot be had is skipped, before a server is started', async () => {
  expect(await report({ needs: async () => 'there is no go', setup: NONSENSE })).toMatchObject({
    kind: 'skipped',
    reason: 'there is no go',
  })
})

test.each<[string, Partial<Client>, string]>([
  ['one that cannot be made ready', { needs: () => Promise.reject(new Error('no linker')) }, 'no linker'],
  ['one whose server does not start', { setup: NONSENSE }, '--nonsense'],
  ['one that falls over', { run: () => Promise.reject(new Error('no report')) }, 'no report'],
])('%s is broken', async (_, more, reason) => {
  expect(await report(more)).toMatchObject({ kind: 'broken', reason: expect.stringContaining(reason) })
})

test('a suite that shrank has failed', async () => {
  const skipped: TestResult = { test: 'test 2', outcome: 'skipped', output: '' }
  const ran = await report({ run: async () => [...passing(2), skipped] })
  expect(ran).toMatchObject({
    kind: 'ran',
    verdict: { passed: 2, failed: [{ output: '2 tests ran, and there are 3 at least' }] },
  })
})
