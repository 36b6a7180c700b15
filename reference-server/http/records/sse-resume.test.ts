import { describe, expect, test } from 'vitest'
import { SseParser } from '../../../proto/sse.ts'
import type { ReadOutput } from '../../backend/backend.ts'
import { testApp } from '../testing/test-app.ts'

/** Two batches of one record each; a record of two bytes counts 10. */
async function* outputs(): AsyncGenerator<ReadOutput, void> {
  for (const seqNum of [3n, 4n]) {
    const records = [{ seqNum, timestamp: 1n, headers: [], body: new Uint8Array(2) }]
    yield { kind: 'batch', records, tail: undefined }
  }
}

async function idsAfter(lastEventId: string | undefined): Promise<readonly (string | undefined)[]> {
  const app = testApp({ openRead: async () => outputs() })
  const headers = {
    accept: 'text/event-stream',
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
  }
  const { body } = await app.ask({ url: '/v1/streams/s/records?seq_num=0', headers })
  return new SseParser().push(body).map(({ id }) => id)
}

describe('ids of a resumed event stream (SSE-004, SSE-010)', () => {
  test.each([
    [undefined, ['3,1,10', '4,2,20', undefined]],
    ['2,3,60', ['3,4,70', '4,5,80', undefined]],
    ['2,18446744073709551615,0', ['3,18446744073709551615,10', '4,18446744073709551615,20', undefined]],
  ])('after %s', async (lastEventId, ids) => {
    expect(await idsAfter(lastEventId)).toEqual(ids)
  })
})
