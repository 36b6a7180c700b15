import { once } from 'node:events'
import { connect } from 'node:net'
import { Pool } from 'undici'
import { expect, test } from 'vitest'
import { WireError } from '../../proto/wire-error.ts'
import { asCut, TransportError, whyOf } from './transport-error.ts'

test.each([
  [new TransportError('refused', 'answered with 503'), 'answered with 503'],
  [new WireError('bad_frame', 'no frame'), 'no frame'],
])('%s is told as the reason', (error, why) => {
  expect(whyOf(error)).toBe(why)
})

test.each([new TypeError('ours'), new Error('ours too'), 'a word'])('%s is thrown again', (error) => {
  expect(() => whyOf(error)).toThrow(error instanceof Error ? error : 'a word')
})

test('what the network did is a cut, with its reason and cause', async () => {
  const [error]: readonly unknown[] = await once(connect(1, '127.0.0.1'), 'error')
  expect(asCut(error)).toMatchObject({ name: 'TransportError', code: 'cut', cause: error })
})

test('what was called wrongly stays what it is, whoever tells it', async () => {
  const pool = new Pool('http://127.0.0.1:1')
  const wrong: unknown = await pool
    .request({ method: 'GET', path: 'no-slash' })
    .catch((error: unknown) => error)
  await pool.close()
  expect(wrong).toBeInstanceOf(Error)
  expect(asCut(wrong)).toBe(wrong)
  const invalid = (() => {
    try {
      return new URL('nowhere')
    } catch (error) {
      return error
    }
  })()
  expect(invalid).toMatchObject({ code: 'ERR_INVALID_URL' })
  expect(asCut(invalid)).toBe(invalid)
})
