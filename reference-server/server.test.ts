import { expect, test } from 'vitest'
import { createServer } from './server.ts'
import { openMemoryStore } from './store/memory.ts'
import type { Store } from './store/store.ts'

test('a fault in the background is reported, and the server is not healthy any more', async () => {
  const bug = new TypeError('bug')
  const reported: unknown[] = []
  const server = await createServer({
    data: { store: withoutRemoval(await openMemoryStore(), bug) },
    options: { backend: { deletionDelay: 0 } },
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
