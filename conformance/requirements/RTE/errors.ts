import { batch } from '../../../client/records.ts'
import { getRecords, getTail, postRecords } from '../../by-hand/requests.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { BOTH_CODINGS, expectMethods } from '../CP-RT/allowed-methods.ts'

export const errors: readonly Requirement[] = [
  onStream('RTE-012', 'Error body shape', async ({ stream, basin, newStreamName, expect }) => {
    expect.ok(await stream.append(batch('a')))
    const unknown = basin.stream(newStreamName())
    for (const accept of ['application/json', 'application/protobuf', 'text/event-stream', '*/*']) {
      const headers = { accept }
      const session = { accept, 'content-type': 's2s/proto' }
      for (const [answer, status, code] of [
        [await postRecords(unknown, '{"records":[{}]}', headers), 404, 'stream_not_found'],
        [await getRecords(unknown, 'seq_num=0', headers), 404, 'stream_not_found'],
        [await getRecords(unknown, 'seq_num=0', session), 404, 'stream_not_found'],
        [await getTail(unknown, headers), 404, 'stream_not_found'],
        [await postRecords(stream, '{"records":[]}', headers), 422, 'invalid'],
        [await getRecords(stream, 'seq_num=0&timestamp=0', headers), 422, 'invalid'],
        [await getRecords(stream, 'seq_num=0&timestamp=0', session), 422, 'invalid'],
      ] as const) {
        expect.refused(answer, status, code)
        expect.header(answer, 'content-type', /^application\/json\b/)
        expect.equal(typeof answer.error?.message, 'string', 'type of message')
      }
    }
  }),

  onStream('RTE-013', 'Framework errors have no JSON body', async ({ stream, expect }) => {
    for (const path of ['/head', '/tail/more', '/']) {
      const unmatched = await stream.raw({ method: 'GET', path: `${stream.recordsPath}${path}` })
      expect.status(unmatched, 404)
      expect.equal(unmatched.body.length, 0, 'bytes in the body of a 404')
    }
    for (const [method, path, allow] of WRONG_METHODS) {
      const answer = await stream.raw({ method, path: `${stream.recordsPath}${path}` })
      expect.status(answer, 405)
      expectMethods(expect, answer, 'allow', allow)
      expect.equal(answer.body.length, 0, 'bytes in the body of a 405')
    }
    for (const coding of ['br', 'deflate', 'nonsense', 'gzip, gzip']) {
      const answer = await postRecords(stream, '{"records":[{}]}', { 'content-encoding': coding })
      expect.status(answer, 415)
      expect.header(answer, 'accept-encoding', BOTH_CODINGS)
      expect.equal(answer.body.length, 0, 'bytes in the body of a 415')
    }
    await expect.tail(stream, 0n)
  }),

  onStream('RTE-014', 'HEAD', async ({ stream, basin, newStreamName, expect }) => {
    expect.ok(await stream.append(batch('a')))
    const unknown = basin.stream(newStreamName()).recordsPath
    for (const [path, status] of [
      [`${stream.recordsPath}/tail`, 200],
      [`${stream.recordsPath}?seq_num=0`, 200],
      [`${stream.recordsPath}?seq_num=1`, 416],
      [`${unknown}/tail`, 404],
    ] as const) {
      const get = await stream.raw({ method: 'GET', path })
      const head = await stream.raw({ method: 'HEAD', path })
      expect.status(get, status)
      expect.status(head, status)
      expect.header(head, 'content-type', get.headers['content-type'])
      expect.header(head, 'content-length', get.headers['content-length'])
      expect.equal(head.body.length, 0, 'bytes in the body')
    }
  }),
]

const WRONG_METHODS: readonly (readonly [method: string, path: string, allow: readonly string[]])[] = [
  ['PUT', '', ['GET', 'POST']],
  ['PATCH', '', ['GET', 'POST']],
  ['DELETE', '', ['GET', 'POST']],
  ['POST', '/tail', ['GET']],
  ['DELETE', '/tail', ['GET']],
]
