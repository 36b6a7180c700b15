import { expect, test } from 'vitest'
import { startHttp2Stub } from '../testing/stub-server.ts'
import { collectBody } from './collect.ts'
import { createHttp2 } from './http2.ts'

test('an answer that the target has ended can still be read', async () => {
  const stub = await startHttp2Stub((stream) => {
    stream.respond({ ':status': 200 })
    stream.end('all of it')
  })
  const wire = createHttp2()
  const request = { method: 'GET', origin: stub.origin, path: '/', headers: {}, body: undefined } as const
  const open = () =>
    wire.open(
      { ...request, http: '2' },
      { upload: false, ownConnection: false },
      new AbortController().signal,
    )
  const first = await open()
  // Comes on the same connection behind the end of the first.
  const second = await open()
  for (const answer of [second, first]) {
    expect(Buffer.from(await collectBody(answer)).toString()).toBe('all of it')
  }
  await wire.close()
  await stub.close()
})
