import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { API_OPERATIONS } from '../reference/operations.ts'
import { CALL_CLIENTS, clientVersions } from './clients.ts'
import { CALL_OPERATIONS } from './operations.ts'
import { readSentCalls } from './sent-calls.ts'
import { snippetOf } from './snippets.ts'

test('every operation of the API has a call, and every call an operation', () => {
  const operations = API_OPERATIONS.map(({ name }) => name)
  expect([...new Set(CALL_OPERATIONS.map(({ operation }) => operation))].toSorted()).toEqual(
    operations.toSorted(),
  )
})

describe.each(CALL_CLIENTS.map((client) => [client.name, client] as const))('%s', (name, client) => {
  const possible = CALL_OPERATIONS.filter(({ missing }) => missing?.[name] === undefined)

  test('has a snippet for each call that it can make, and no other', () => {
    const files = readdirSync(join(import.meta.dirname, name)).toSorted()
    expect(files).toEqual(possible.map((call) => `${call.name}.${client.extension}`).toSorted())
  })

  test('shows a part of each snippet that is short', () => {
    for (const call of possible) {
      const lines = snippetOf(client, call.name).split('\n')
      expect(lines.length, call.name).toBeLessThanOrEqual(24)
      expect(Math.max(...lines.map((line) => line.length)), call.name).toBeLessThanOrEqual(120)
    }
  })

  test('has the form of each request that `npm run verify -- clients` compares', () => {
    const sent = readSentCalls()
    const recorded = Object.keys(sent).filter((call) => sent[call]?.[name] !== undefined)
    expect(recorded.toSorted()).toEqual(possible.map((call) => call.name).toSorted())
  })
})

test('the versions are those that `npm run verify -- clients` installs', async () => {
  for (const version of Object.values(await clientVersions())) expect(version).toMatch(/ v?\d+\.\d+\.\d+$/)
})
