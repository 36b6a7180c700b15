import { expect, test } from 'vitest'
import { collectBody } from '../../../client/wire/collect.ts'
import type { Wire } from '../../../client/wire/wire.ts'
import { bounded, MAX_CONTROL_BYTES } from './bounded-wire.ts'

/** A wire whose answers have this body, in chunks of 64 KiB. */
function wireOf(bytes: number, headers: Readonly<Record<string, string>> = {}) {
  const seen = { given: 0, cancelled: 0 }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (; seen.given < bytes; seen.given += 65_536)
      yield new Uint8Array(Math.min(65_536, bytes - seen.given))
  }
  const answer = { status: 200, headers, chunks: chunks(), upload: { write: async () => {}, end() {} } }
  const wire: Wire = {
    open: async () => ({
      ...answer,
      cancel() {
        seen.cancelled += 1
      },
    }),
    close: async () => {},
  }
  return { seen, wire: bounded(wire) }
}

const request = {
  ...{ method: 'GET', origin: 'http://127.0.0.1', path: '/', headers: {}, body: undefined },
  http: '1.1' as const,
}
const whole = { upload: false, ownConnection: false }
const bodyOf = async (wire: Wire): Promise<Uint8Array> =>
  await collectBody(await wire.open(request, whole, new AbortController().signal))

test('an answer up to the limit is returned whole', async () => {
  const { wire, seen } = wireOf(MAX_CONTROL_BYTES)
  expect((await bodyOf(wire)).length).toBe(MAX_CONTROL_BYTES)
  expect(seen.cancelled).toBe(0)
})

test('a longer answer is cut there', async () => {
  const { wire, seen } = wireOf(64 * MAX_CONTROL_BYTES)
  await expect(bodyOf(wire)).rejects.toMatchObject({ name: 'TargetError', code: 'too-large' })
  expect(seen.cancelled).toBeGreaterThan(0)
  expect(seen.given).toBeLessThanOrEqual(MAX_CONTROL_BYTES)
})

test('an answer in a coding that was not requested is refused unread', async () => {
  const { wire, seen } = wireOf(1000, { 'content-encoding': 'gzip' })
  await expect(bodyOf(wire)).rejects.toMatchObject({ name: 'TargetError', code: 'malformed' })
  expect(seen.given).toBe(0)
})
