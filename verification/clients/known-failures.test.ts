import { describe, expect, test } from 'vitest'
import { clients } from './index.ts'
import { committedKnownFailures, parseKnownFailures } from './known-failures.ts'

const entry = {
  client: 'go-sdk',
  test: 'TestRead',
  came: 'got 409',
  reason: 'the test is older than the API',
}
const file = (...entries: readonly unknown[]): string => JSON.stringify({ entries })

describe('the known failures', () => {
  test('are read', () => {
    expect(parseKnownFailures(file(entry))).toEqual([{ ...entry, came: /got 409/, sometimes: false }])
    expect(parseKnownFailures(file({ ...entry, sometimes: true }))[0]?.sometimes).toBe(true)
  })
  test.each([
    ['[]', 'no array "entries"'],
    [file(1), 'known failure 1 needs'],
    [file(entry, { ...entry, test: 'TestList', came: undefined }), 'known failure 2 needs'],
    [file({ ...entry, sometimes: 'yes' }), 'known failure 1 needs'],
    [file(entry, entry), 'have go-sdk, TestRead twice'],
  ])('%s is refused', (text, message) => {
    expect(() => parseKnownFailures(text)).toThrow(message)
  })
  test('that are committed are of clients that there are, and explained', () => {
    for (const { client, reason } of committedKnownFailures()) {
      expect(clients.map(({ name }) => name)).toContain(client)
      expect(reason.length).toBeGreaterThan(40)
    }
  })
})

test('clients have names of their own, and each runs something', () => {
  expect(new Set(clients.map(({ name }) => name)).size).toBe(clients.length)
  expect(clients.filter(({ leastTests }) => leastTests < 3)).toEqual([])
})
