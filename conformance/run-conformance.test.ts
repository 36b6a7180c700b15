import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import type { RequirementResult } from '../reports/result.ts'
import { runConformance } from './run-conformance.ts'

/** Calls `use` with the URL of a server that creates and lists basins, if it `lists` at all, and answers the rest with `HOSTILE`. */
async function withHostileServer<T>(lists: boolean, use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer((request, response) => {
    const right = lists ? ANSWERS.get(`${request.method} ${request.url}`) : undefined
    request.resume().once('end', () => {
      response.writeHead(right === undefined ? 404 : 200, { 'content-type': 'application/json' })
      response.end(right ?? HOSTILE)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  try {
    return await use(`http://127.0.0.1:${port}`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

/** Enough for the run to begin. */
const ANSWERS = new Map([
  ['GET /v1/basins?limit=1', '{"basins":[],"has_more":false}'],
  ['POST /v1/basins', '{"name":"their-basin","state":"active"}'],
])

const HOSTILE = JSON.stringify({ code: '\u001b[2Jcleared', message: 'x\n::error::injected \u202e' })
const OBEYED = /[^\P{Cc}\n]|\p{Bidi_Control}|^\s*::/mu

test('no row has what a terminal or the log of a CI job obeys', async () => {
  const rows: RequirementResult[] = []
  const options = {
    only: ['APP-00*'],
    maxSeconds: 60,
    onResult: (row: RequirementResult) => rows.push(row),
  }
  const result = await withHostileServer(true, (url) => runConformance(url, options))
  expect(result.summary.fail).toBeGreaterThan(0)
  expect(textsOf(rows).some((text) => text.includes('cleared'))).toBe(true)
  expect([...textsOf(result), ...textsOf(rows)].filter((text) => OBEYED.test(text))).toEqual([])
})

test('nor has the error for a target that is none', async () => {
  const error = await withHostileServer(false, (url) =>
    runConformance(url).catch((thrown: unknown) => thrown),
  )
  expect(String(error)).toContain('cleared')
  expect(String(error)).not.toMatch(OBEYED)
})

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}
