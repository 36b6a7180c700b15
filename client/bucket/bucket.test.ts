import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Bucket, startBucket } from './bucket.ts'

let bucket: Bucket
beforeEach(async () => {
  bucket = await startBucket()
})
afterEach(() => bucket.close())

const ask = (method: string, key: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${bucket.env.AWS_ENDPOINT_URL_S3}/${bucket.name}${key}`, { method, ...init })

const put = (key: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  ask('PUT', `/${key}`, { body, headers })

const textOf = async (answer: Promise<Response>): Promise<string> => await (await answer).text()

describe('objects', () => {
  test('are what was put, with their tag and metadata', async () => {
    const stored = await put('dir/a%20b', 'hello', { 'x-amz-meta-id': '7' })
    const got = await ask('GET', '/dir/a%20b')
    expect(await got.text()).toBe('hello')
    expect(got.headers.get('etag')).toBe(stored.headers.get('etag'))
    expect(got.headers.get('x-amz-meta-id')).toBe('7')
    expect((await ask('HEAD', '/dir/a%20b')).headers.get('content-length')).toBe('5')
    expect((await ask('GET', '/dir')).status).toBe(404)
  })

  test.each([
    ['bytes=1-2', 206, 'el'],
    ['bytes=3-', 206, 'lo'],
    ['bytes=-2', 206, 'lo'],
    ['bytes=3-99', 206, 'lo'],
    [
      'bytes=9-',
      416,
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>InvalidRange</Code><Message>InvalidRange</Message></Error>',
    ],
  ])('in part: %s', async (range, status, body) => {
    await put('a', 'hello')
    const got = await ask('GET', '/a', { headers: { range } })
    expect([got.status, await got.text()]).toEqual([status, body])
  })

  test('are put on a condition', async () => {
    const first = await put('a', 'one', { 'if-none-match': '*' })
    expect(first.status).toBe(200)
    expect((await put('a', 'two', { 'if-none-match': '*' })).status).toBe(412)
    expect((await put('a', 'two', { 'if-match': '"other"' })).status).toBe(412)
    expect((await put('a', 'two', { 'if-match': first.headers.get('etag') ?? '' })).status).toBe(200)
    expect(await textOf(ask('GET', '/a'))).toBe('two')
  })

  test('are listed in pages, below a prefix and up to a delimiter', async () => {
    for (const key of ['a/1', 'a/2', 'b/c/3', 'b/d', 'b&']) await put(encodeURI(key), key)
    const keysOf = (xml: string): string[] =>
      [...xml.matchAll(/<(?:Key|Prefix)>(.*?)</g)].map(([, key = '']) => key)
    expect(keysOf(await textOf(ask('GET', '?list-type=2&prefix=a/')))).toEqual(['a/1', 'a/2'])
    expect(keysOf(await textOf(ask('GET', '?list-type=2&delimiter=/')))).toEqual(['b&amp;', 'a/', 'b/'])
    expect(keysOf(await textOf(ask('GET', '?list-type=2&prefix=b/&delimiter=/')))).toEqual(['b/d', 'b/c/'])
    const page = await textOf(ask('GET', '?list-type=2&max-keys=2'))
    expect(keysOf(page)).toEqual(['a/1', 'a/2'])
    const [, token = ''] = /<NextContinuationToken>(.*?)</.exec(page) ?? []
    expect(keysOf(await textOf(ask('GET', `?list-type=2&continuation-token=${token}`)))).toEqual([
      'b&amp;',
      'b/c/3',
      'b/d',
    ])
  })

  test('are deleted, one or many', async () => {
    for (const key of ['a', 'b', 'c']) await put(key, key)
    expect((await ask('DELETE', '/a')).status).toBe(204)
    await ask('POST', '?delete', { body: '<Delete><Object><Key>b</Key></Object></Delete>' })
    expect(
      (await Promise.all(['/a', '/b', '/c'].map((key) => ask('GET', key)))).map(({ status }) => status),
    ).toEqual([404, 404, 200])
  })

  test('come in parts, and are copied', async () => {
    const [, id = ''] = /<UploadId>(.*?)</.exec(await textOf(ask('POST', '/a?uploads'))) ?? []
    for (const [part, body] of [
      [2, 'two'],
      [1, 'one'],
    ] as const) {
      expect((await ask('PUT', `/a?partNumber=${part}&uploadId=${id}`, { body })).status).toBe(200)
    }
    expect((await ask('GET', '/a')).status).toBe(404)
    await ask('POST', `/a?uploadId=${id}`, { body: '<CompleteMultipartUpload/>' })
    await ask('PUT', '/b', { headers: { 'x-amz-copy-source': `/${bucket.name}/a` } })
    expect(await textOf(ask('GET', '/b'))).toBe('onetwo')
  })
})

describe('the switch', () => {
  const untilHeld = async (count: number): Promise<void> => {
    while (bucket.switch.held < count) await setImmediate()
  }

  test('holds changes, and lets them go on in their order', async () => {
    bucket.switch.set({ mode: 'held' })
    const first = put('a', 'one', { 'if-none-match': '*' })
    await untilHeld(1)
    const second = put('a', 'two', { 'if-none-match': '*' })
    await untilHeld(2)
    expect((await ask('GET', '/a')).status).toBe(404)
    bucket.switch.set({ mode: 'normal' })
    expect([(await first).status, (await second).status]).toEqual([200, 412])
    expect([bucket.switch.held, bucket.switch.struck]).toEqual([0, 2])
  })

  test('fails them, or loses them without a word', async () => {
    bucket.switch.set({ mode: 'failing' })
    expect((await put('a', 'one')).status).toBe(503)
    bucket.switch.set({ mode: 'losing' })
    expect((await put('a', 'one')).status).toBe(200)
    expect((await ask('GET', '/a')).status).toBe(404)
  })

  test('makes them slow, and leaves what asks alone', async () => {
    bucket.switch.set({ mode: 'slow', milliseconds: 100 })
    const begun = performance.now()
    await put('a', 'one')
    expect(performance.now() - begun).toBeGreaterThan(95)
    expect(await textOf(ask('GET', '/a'))).toBe('one')
  })
})
