import { expect, test } from 'vitest'
import { refuse } from '../../semantics/refusal.ts'
import { url } from '../testing/samples.ts'
import { testApp } from '../testing/test-app.ts'

test('a session is refused by its head alone', async () => {
  const app = testApp({ openAppendSession: async () => refuse('stream_not_found', 'no') })
  const headers = { 'content-type': 's2s/proto', accept: 'application/protobuf' }
  const answer = await app.ask({ method: 'POST', url, headers, body: 'no frame' })
  expect(answer).toMatchObject({ status: 404, json: { code: 'stream_not_found' } })
})
