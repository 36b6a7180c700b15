import { expect, test } from 'vitest'
import { condense } from './condense.ts'
import type { ExampleExchange } from './example.ts'

const exchange = (method: string, path: string, status: number, text = '{}'): ExampleExchange => ({
  request: { method, path, http: '1.1', headers: {} },
  answer: { status, headers: {}, body: { kind: 'text', text } },
})

test('keeps two of those that differ only in values, so that a longer poll is the same example', () => {
  const poll = exchange('GET', '/v1/basins/my-basin', 200)
  const short = [exchange('PUT', '/v1/basins/example-1', 201), poll, poll]
  expect(condense([...short, poll, exchange('GET', '/v1/basins/example-7', 200), poll])).toEqual(short)
})

test('tells outcomes and error codes apart', () => {
  const all = [
    exchange('GET', '/v1/basins/example-1', 200),
    exchange('GET', '/v1/basins/example-1', 404, '{"code":"basin_not_found","message":"m"}'),
    exchange('GET', '/v1/basins/example-1', 404, '{"code":"other","message":"m"}'),
    exchange('GET', '/v1/basins/example-1?limit=1', 200),
  ]
  expect(condense(all)).toEqual(all)
})

test('keeps six in all', () => {
  const many = Array.from({ length: 9 }, (_, index) => exchange('GET', `/v1/place-${index}`, 200))
  expect(condense(many)).toEqual(many.slice(0, 6))
})
