import { expect, test } from 'vitest'
import { overHttp1, overHttp2 } from './http/testing/duplex.ts'
import { createServer } from './server.ts'
import { openMemoryStore } from './store/memory.ts'
import type { Store } from './store/store.ts'
import { FakeClock } from './testing/fake-clock.ts'
import { deletingAfter } from './testing/test-backend.ts'

test('a fault in the background is reported, and the server is not healthy any more', async () => {
  const bug = new TypeError('bug')
  const reported: unknown[] = []
  const server = await createServer({
    data: { store: withoutRemoval(await openMemoryStore(), bug) },
    options: { flavor: deletingAfter(0) },
    report: (error) => reported.push(error),
  })
  const url = await server.start()
  await fetch(`${url}/v1/basins/some-basin`, { method: 'PUT' })
  expect((await fetch(`${url}/health`)).status).toBe(200)
  await fetch(`${url}/v1/basins/some-basin`, { method: 'DELETE' })
  await expect.poll(() => reported).toEqual([bug])
  expect((await fetch(`${url}/health`)).status).toBe(503)
  await server.stop()
})

test('pages of this machine are let in, and no others', async () => {
  const server = await createServer({ data: { store: await openMemoryStore() } })
  const url = await server.start()
  const allowed = async (origin: string) =>
    (await fetch(`${url}/health`, { headers: { origin } })).headers.get('access-control-allow-origin')
  expect(await allowed('http://localhost:5173')).toBe('http://localhost:5173')
  expect(await allowed('https://app.example')).toBe(null)
  await server.stop()
})

function withoutRemoval(store: Store, bug: Error): Store {
  return {
    ...store,
    commit: (writes) =>
      writes.some(({ type }) => type === 'del') ? Promise.reject(bug) : store.commit(writes),
  }
}

test('the page of metrics tells of commits, live streams, followers, and requests that were cut', async () => {
  // When a minute ends, what was used in it is one commit more.
  const clock = new FakeClock()
  const server = await createServer({ data: { store: await openMemoryStore() }, clock })
  const url = await server.start()
  const page = async () => await (await fetch(`${url}/metrics`)).text()
  await fetch(`${url}/v1/basins/some-basin`, { method: 'PUT' })
  await fetch(`${url}/v1/streams/a`, { method: 'PUT', headers: { 's2-basin': 'some-basin' } })
  for (const open of [overHttp1, overHttp2]) {
    const follower = open(url, 'GET', '/v1/streams/a/records', {
      's2-basin': 'some-basin',
      'content-type': 's2s/proto',
    })
    await expect.poll(page).toContain('s2_followers 1\n')
    follower.destroy()
    await expect.poll(page).toContain('s2_followers 0\n')
  }
  await expect.poll(page).toContain('s2_requests_total{operation="read",status="200"} 2\n')
  expect(await page()).toContain('s2_live_streams 1\n')
  expect(await page()).toMatch(/^s2_store_commits_total 2$/m)
  await clock.advance(60_000)
  await expect.poll(page).toMatch(/^s2_store_commits_total 3$/m)
  await server.stop()
})
