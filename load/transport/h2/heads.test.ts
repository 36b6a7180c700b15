import { expect, test } from 'vitest'
import { createHeads } from './heads.ts'

const hex = (bytes: Buffer): string => bytes.toString('hex')

test('heads are encoded once for each method, path and headers', () => {
  const headOf = createHeads('https://a')
  const headers = { B: 'c' }
  const get = headOf({ method: 'GET', path: '/p', headers })
  expect(hex(get)).toBe(`8287${'010161'}${'04022f70'}${'0001620163'}`)
  expect(headOf({ method: 'GET', path: '/p', headers })).toBe(get)
  expect(hex(headOf({ method: 'POST', path: '/p', headers }))).toBe(hex(get).replace('82', '83'))
  expect(hex(headOf({ method: 'GET', path: '/q', headers }))).toBe(hex(get).replace('2f70', '2f71'))
  expect(hex(headOf({ method: 'GET', path: '/p', headers: {} }))).toBe(hex(get).slice(0, -10))
})

test('heads say which scheme it is, and the port where it is not the common one', () => {
  const head = (origin: string): string => hex(createHeads(origin)({ method: 'GET', path: '/', headers: {} }))
  expect(head('http://a:443')).toBe(`8286${'0105613a343433'}${'04012f'}`)
  expect(head('https://a:443')).toBe(`8287${'010161'}${'04012f'}`)
})
