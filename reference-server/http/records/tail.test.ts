import { expect, test } from 'vitest'
import { ack, address, url } from '../testing/samples.ts'
import { testApp } from '../testing/test-app.ts'

test('check tail answers JSON whatever is accepted', async () => {
  const app = testApp({ checkTail: async () => ({ tail: ack.tail }) })
  const answer = await app.ask({
    url: `${url}/tail?seq_num=x`,
    headers: { accept: 'application/protobuf', 's2-format': 'x', 's2-encryption-key': 'k'.repeat(50) },
  })
  expect(answer.status).toBe(200)
  expect(answer.body.toString()).toBe('{"tail":{"seq_num":18446744073709551615,"timestamp":6}}')
  expect(app.calls).toEqual([{ operation: 'checkTail', args: [address] }])
})
