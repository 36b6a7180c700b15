import { errors } from 'undici'
import { afterEach, describe, expect, test } from 'vitest'
import { TargetError } from '../target-error.ts'
import { endlessHeaders, startHostile } from '../testing/hostile-server.ts'
import { createHttp1 } from './http1.ts'
import { explain } from './network-error.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const never = new AbortController().signal

/** Errors of a caller's mistake, or of a feature of undici that the suite does not use. */
const OURS: ReadonlySet<string> = new Set([
  'UND_ERR',
  'UND_ERR_INVALID_ARG',
  'UND_ERR_INVALID_RETURN_VALUE',
  'UND_ERR_ABORT',
  'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
  'UND_ERR_NOT_SUPPORTED',
  'UND_ERR_SOCKS5',
  'UND_ERR_BPL_MISSING_UPSTREAM',
  'UND_ERR_REQ_RETRY',
  'UND_ERR_RESPONSE',
  'UND_ERR_PRX_TLS',
  'UND_ERR_PRX_CONN',
  'UND_ERR_REDIRECT_MAX',
  'UND_ERR_MAX_ORIGINS_REACHED',
  'UND_ERR_WS_MESSAGE_SIZE_EXCEEDED',
])

test('every error of undici that a target can cause is a TargetError', () => {
  const codes = Object.values(errors).flatMap((make) => {
    try {
      return [String(Reflect.get(Reflect.construct(make, ['', 0, {}]), 'code'))]
    } catch {
      return []
    }
  })
  expect(codes.length).toBeGreaterThan(15)
  for (const code of codes.filter((each) => each.startsWith('UND_ERR') && !OURS.has(each)))
    expect([code, explain(Object.assign(new Error('x'), { code }), never)]).toEqual([
      code,
      expect.any(TargetError),
    ])
})

test.each([
  ['ETIMEDOUT', 'refused'],
  ['EHOSTDOWN', 'refused'],
  ['EADDRNOTAVAIL', 'refused'],
  ['EAI_FAIL', 'refused'],
  ['EPROTO', 'refused'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'refused'],
  ['ECONNABORTED', 'cut'],
  ['ERR_STREAM_PREMATURE_CLOSE', 'cut'],
  ['ERR_HTTP2_GOAWAY_SESSION', 'cut'],
  ['ERR_HTTP2_INVALID_SESSION', 'cut'],
  ['UND_ERR_HEADERS_OVERFLOW', 'malformed'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'malformed'],
])('%s is the network or the target: %s', (code, kind) => {
  expect(explain(Object.assign(new Error('x'), { code }), never)).toMatchObject({
    name: 'TargetError',
    code: kind,
  })
})

describe('response headers without end', () => {
  test.each([
    ['a whole request', { upload: false, ownConnection: false }, undefined],
    ['an open request', { upload: true, ownConnection: true }, undefined],
    ['a request that is cut', { upload: false, ownConnection: true }, { pause: () => Promise.resolve() }],
  ] as const)('are the fault of the target for %s', async (_, opening, spelling) => {
    const server = await startHostile(endlessHeaders, 0)
    const wire = createHttp1()
    closers.push(() => wire.close(), server.close)
    const request = {
      method: 'POST',
      origin: server.origin,
      path: '/',
      headers: {},
      body: undefined,
      http: '1.1',
      ...(spelling !== undefined && { spelling }),
    } as const
    await expect(wire.open(request, opening, never)).rejects.toMatchObject({
      name: 'TargetError',
      code: 'malformed',
      message: expect.stringMatching(/header/i),
    })
  })
})
