import * as zlib from 'node:zlib'
import { bytes } from '../../../client/records.ts'
import { isObject } from '../../../kit/is-object.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { timeOf } from '../times.ts'
import { BOTH_CODINGS, expectMethods } from './allowed-methods.ts'

export const answers: readonly Requirement[] = [
  requirement('CP-RT-030', 'JSON in and out', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect } = context
    const basin = await newBasin()
    const stream = '/streams/gr%C3%BC%C3%9Fe'
    for (const [answer, status] of [
      [await basin.raw({ method: 'POST', path: '/streams', body: '{"stream":"grüße"}' }), 201],
      [await basin.raw({ method: 'PUT', path: stream }), 200],
      [await basin.raw({ method: 'GET', path: stream }), 200],
      [await basin.raw({ method: 'PATCH', path: stream, body: '{}' }), 200],
      [await basin.raw({ method: 'GET', path: '/streams' }), 200],
      [await account.raw({ method: 'GET', path: `/basins?prefix=${basin.name}` }), 200],
      [await account.raw({ method: 'GET', path: `/basins/${basin.name}` }), 200],
      [await account.raw({ method: 'PUT', path: `/basins/${basin.name}` }), 200],
      [await account.raw({ method: 'PATCH', path: `/basins/${basin.name}`, body: '{}' }), 200],
    ] as const) {
      expect.status(answer, status)
      expect.header(answer, 'content-type', /^application\/json\b/)
      expect.that(isObject(answer.value), 'a body that is a JSON object', answer.value)
    }
    const { streams } = expect.ok(await basin.listStreams())
    expect.equal(
      streams.map(({ name }) => name),
      ['grüße'],
      'the name in UTF-8',
    )
  }),

  onStream('CP-RT-039', 'Error body', async (context) => {
    const { stream, account, basin, newBasinName, newStreamName, expect } = context
    const [unknownBasin, unknownStream] = [`/basins/${newBasinName()}`, `/streams/${newStreamName()}`]
    const again = JSON.stringify({ stream: stream.name })
    for (const [answer, status, code] of [
      [await account.raw({ method: 'GET', path: unknownBasin }), 404, 'basin_not_found'],
      [await account.raw({ method: 'PATCH', path: unknownBasin, body: '{}' }), 404, 'basin_not_found'],
      [await account.raw({ method: 'DELETE', path: unknownBasin }), 404, 'basin_not_found'],
      [await basin.raw({ method: 'GET', path: unknownStream }), 404, 'stream_not_found'],
      [await basin.raw({ method: 'PATCH', path: unknownStream, body: '{}' }), 404, 'stream_not_found'],
      [await basin.raw({ method: 'DELETE', path: unknownStream }), 404, 'stream_not_found'],
      [await basin.raw({ method: 'POST', path: '/streams', body: again }), 409, 'resource_already_exists'],
      [await basin.raw({ method: 'POST', path: '/streams', body: '{' }), 400, 'bad_json'],
    ] as const) {
      expect.refused(answer, status, code)
      expect.header(answer, 'content-type', /^application\/json\b/)
      expect.equal(typeof answer.error?.message, 'string', 'type of message')
    }
  }),

  requirement('CP-RT-040', 'Routing failures', async (context) => {
    const { account, basin, newBasinName, newStream, newStreamName, expect } = context
    const stream = `/streams/${(await newStream()).name}`
    for (const path of ['/nonsense', '/', '/basins/a/b', `${stream}/nonsense`]) {
      const answer = await basin.raw({ method: 'GET', path })
      expect.status(answer, 404)
      expect.equal(answer.body.length, 0, `bytes in the body of ${path}`)
    }
    for (const [method, path, allow] of [
      ['PATCH', '/basins', ['GET', 'POST']],
      ['DELETE', '/basins', ['GET', 'POST']],
      ['POST', `/basins/${basin.name}`, ['GET', 'PUT', 'PATCH', 'DELETE']],
      ['PUT', '/streams', ['GET', 'POST']],
      ['POST', stream, ['GET', 'PUT', 'PATCH', 'DELETE']],
    ] as const) {
      const answer = await basin.raw({ method, path })
      expect.status(answer, 405)
      expectMethods(expect, answer, 'allow', allow)
      expect.equal(answer.body.length, 0, `bytes in the body of ${method} ${path}`)
    }
    // Listings of what nobody makes: what other checks make meanwhile would change the length.
    for (const path of [
      `/basins?prefix=${newBasinName()}-`,
      `/basins/${basin.name}`,
      `/streams?prefix=${newStreamName()}-`,
      stream,
    ]) {
      const head = await basin.raw({ method: 'HEAD', path })
      expect.status(head, 200)
      expect.equal(head.body.length, 0, `bytes in the body of HEAD ${path}`)
      const get = await basin.raw({ method: 'GET', path })
      expect.status(get, 200)
      expect.header(head, 'content-type', get.headers['content-type'])
      expect.header(head, 'content-length', get.headers['content-length'])
    }
    expect.ok(await account.getBasinConfig(basin.name))
  }),

  requirement('CP-RT-041', 'Bodies of success', { needs: ['basins'] }, async (context) => {
    const { account, newBasin, expect } = context
    const basin = await newBasin()
    for (const [answer, status] of [
      [await basin.raw({ method: 'POST', path: '/streams', body: '{"stream":"a"}' }), 201],
      [await basin.raw({ method: 'GET', path: '/streams' }), 200],
      [await basin.raw({ method: 'GET', path: '/streams/a' }), 200],
      [await account.raw({ method: 'GET', path: `/basins/${basin.name}` }), 200],
    ] as const) {
      expect.status(answer, status)
      expect.that(isObject(answer.value), 'a body that is a JSON object', answer.value)
    }
    for (const answer of [
      await basin.raw({ method: 'DELETE', path: '/streams/a' }),
      await account.raw({ method: 'DELETE', path: `/basins/${basin.name}` }),
    ]) {
      expect.status(answer, 202)
      expect.equal(answer.body.length, 0, 'bytes in the body of a deletion')
      expect.header(answer, 'content-length', '0')
    }
  }),

  requirement('CP-RT-042', 'Compression', { needs: ['basins'] }, async (context) => {
    const { newBasin, expect, record: note } = context
    const basin = await newBasin()
    const names = Array.from({ length: 20 }, (_, index) => `${'n'.repeat(100)}-${10 + index}`)
    for (const [index, name] of names.entries()) {
      const [coding, encode] = CODINGS[index % CODINGS.length] ?? PLAIN
      const body = encode(bytes(JSON.stringify({ stream: name })))
      const create = { method: 'POST', path: '/streams', headers: { 'content-encoding': coding }, body }
      expect.ok(await basin.raw(create), 201)
    }
    const plain = await basin.raw({ method: 'GET', path: '/streams' })
    expect.header(plain, 'content-encoding', undefined)
    for (const asked of ['gzip', 'zstd', 'gzip, zstd']) {
      const headers = { 'accept-encoding': asked }
      const packed = await basin.raw({ method: 'GET', path: '/streams', headers })
      expect.equal(expect.ok(packed), expect.ok(plain), `the listing in ${asked}, decoded`)
      const coding = packed.headers['content-encoding'] ?? 'identity'
      expect.that(['identity', ...asked.split(', ')].includes(coding), `a coding among ${asked}`, coding)
      note(`${asked}: ${coding}`)
    }
  }),

  requirement('CP-RT-043', 'Unsupported `Content-Encoding`', async (context) => {
    const { account, basin, newStreamName, expect } = context
    const [identity, refused] = [newStreamName(), newStreamName()]
    for (const coding of ['br', 'deflate', 'nonsense']) {
      const headers = { 'content-encoding': coding }
      for (const answer of [
        await basin.raw({
          method: 'POST',
          path: '/streams',
          headers,
          body: JSON.stringify({ stream: refused }),
        }),
        await account.raw({ method: 'PATCH', path: `/basins/${basin.name}`, headers, body: '{}' }),
      ]) {
        expect.status(answer, 415)
        expect.equal(answer.body.length, 0, 'bytes in the body')
        expect.header(answer, 'accept-encoding', BOTH_CODINGS)
      }
    }
    const headers = { 'content-encoding': 'identity' }
    expect.ok(
      await basin.raw({
        method: 'POST',
        path: '/streams',
        headers,
        body: JSON.stringify({ stream: identity }),
      }),
      201,
    )
    expect.refused(await basin.getStreamConfig(refused), 404, 'stream_not_found')
  }),

  requirement('CP-RT-044', 'Timestamps', { needs: ['basins'] }, async ({ account, newBasin, expect }) => {
    const basin = await newBasin()
    const created = expect.ok(await basin.createStream('a'), 201)
    const listed = expect.ok(await basin.listStreams()).streams
    const basins = expect.ok(await account.listBasins({ prefix: basin.name })).basins
    const texts = [created, ...listed, ...basins].map((info) => info.created_at)
    expect.equal(texts.length, 3, 'times of creation')
    const [ofStream = 0, again = 0, ofBasin = 0] = texts.map((text) => timeOf(expect, text))
    expect.equal(again, ofStream, 'created_at of the stream in the listing, in milliseconds')
    const apart = ofStream - ofBasin
    expect.that(apart >= 0 && apart < 3_600_000, 'the stream created after its basin, within the hour', texts)
  }),
]

type Coding = readonly [name: string, encode: (plain: Uint8Array) => Uint8Array]

const PLAIN: Coding = ['identity', (plain) => plain]

const CODINGS: readonly Coding[] = [
  ['gzip', (plain) => zlib.gzipSync(plain)],
  ['zstd', (plain) => zlib.zstdCompressSync(plain)],
]
