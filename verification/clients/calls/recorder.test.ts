import { AppendInput, AppendRecord, S2 } from '@s2-dev/streamstore'
import { expect, test } from 'vitest'
import { startReferenceServer } from '../../../reference-server/index.ts'
import { startRecorder } from './recorder.ts'
import { decodeRequest } from './request.ts'

const init = { basins: [{ name: 'my-basin', streams: [{ name: 'events' }] }] }

test('forwards requests over HTTP/1.1 and sessions over HTTP/2, and keeps what was sent', async () => {
  await using server = await startReferenceServer({ init })
  await using recorder = await startRecorder(server.url)
  const s2 = new S2({ accessToken: 'ignored', endpoints: { account: recorder.url, basin: recorder.url } })
  const stream = s2.basin('my-basin').stream('events')
  expect((await stream.checkTail()).tail.seqNum).toBe(0)
  const session = await stream.appendSession()
  const ticket = await session.submit(AppendInput.create([AppendRecord.string({ body: 'a' })]))
  // The acknowledgement arrives while the request is still open.
  expect((await ticket.ack()).tail.seqNum).toBe(1)
  await session.close()
  const basin = 'my-basin'
  const path = '/v1/streams/events/records'
  expect(recorder.take().map((sent) => decodeRequest(sent).request)).toEqual([
    { method: 'GET', path: `${path}/tail`, basin },
    { method: 'POST', path, basin, session: 'append', body: [{ records: [{ body: 'a' }] }] },
  ])
  expect(recorder.take()).toEqual([])
})

test('still forwards after the server was reset', async () => {
  await using server = await startReferenceServer({ init })
  await using recorder = await startRecorder(server.url)
  const tail = (): Promise<Response> =>
    fetch(`${recorder.url}/v1/streams/events/records/tail`, { headers: { 's2-basin': 'my-basin' } })
  expect((await tail()).status).toBe(200)
  await server.reset()
  expect((await tail()).status).toBe(200)
})
