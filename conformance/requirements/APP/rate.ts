import { batch } from '../../../client/records.ts'
import { appendInputToJson } from '../../../proto/json-bodies.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'

/** More batches at once than the hosted service takes in a second from one connection. */
const BATCHES = 250

export const rate: readonly Requirement[] = [
  onStream('APP-054', 'Rate limits of the hosted service', { needs: ['http2'] }, async (context) => {
    const { stream, expect, record } = context
    // Requests over HTTP/2 share a connection.
    const append = (body: string) =>
      stream.raw({
        method: 'POST',
        path: stream.recordsPath,
        body: appendInputToJson(batch(body), 'raw'),
        http: '2',
        impatient: true,
      })
    const answers = await Promise.all(Array.from({ length: BATCHES }, (_, index) => append(`${index}`)))
    const limited = answers.filter(({ status }) => status !== 200)
    for (const answer of limited) expect.refused(answer, 429, 'rate_limited')
    record(`${limited.length} of ${BATCHES} appends were rate limited`)
    const { seqNum } = expect.ok(await stream.checkTail())
    expect.equal(seqNum, BigInt(BATCHES - limited.length), 'records of the appends that were accepted')
  }),
]
