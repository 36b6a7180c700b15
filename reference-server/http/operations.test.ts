import Fastify, { type FastifyInstance } from 'fastify'
import { expect, test } from 'vitest'
import { OPERATIONS, type Operation } from '../semantics/operation.ts'
import { accessTokens } from './access-tokens.ts'
import { basins } from './basins.ts'
import { locations } from './locations.ts'
import { metrics } from './metrics.ts'
import { operationOf } from './operations.ts'
import { records } from './records.ts'
import { streams } from './streams.ts'
import { tail } from './tail.ts'
import { testServices } from './testing/test-app.ts'

test('every route of the API is an operation, and every operation that is a request has a route', async () => {
  const found: (Operation | undefined)[] = []
  const app = Fastify()
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) found.push(operationOf({ method: one, routeOptions: { url } }))
  })
  const routes = [basins, streams, records, tail, accessTokens, metrics, locations]
  const add = (v1: FastifyInstance) => {
    for (const route of routes) route(v1, testServices({}).services)
  }
  await app.register(async (v1) => add(v1), { prefix: '/v1' })
  expect(found).not.toContain(undefined)
  // Trims and fences are records of an append.
  const asked = OPERATIONS.filter((operation) => operation !== 'trim' && operation !== 'fence')
  expect(new Set(found)).toEqual(new Set(asked))
})

test.each(['/metrics', '/health', '/v2/basins', undefined])('%s is none', (url) => {
  expect(operationOf({ method: 'GET', routeOptions: { url } })).toBe(undefined)
})
