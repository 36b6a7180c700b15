import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { AppendInput, AppendRecord, S2 } from '@s2-dev/streamstore'
import { startReferenceServer } from 's2-conformance/reference-server'

const server = await startReferenceServer({
  init: { basins: [{ basin: 'my-basin-1', streams: [{ stream: 'events' }] }] },
})
after(() => server.close())

test('an event is appended', async () => {
  const s2 = new S2({ accessToken: 'ignored', endpoints: { account: server.url, basin: server.url } })
  const events = s2.basin('my-basin-1').stream('events')
  await events.append(AppendInput.create([AppendRecord.string({ body: 'signed up' })]))
  assert.equal((await server.records('my-basin-1', 'events'))[0]?.body, 'signed up')
})
