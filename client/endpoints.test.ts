import { describe, expect, test } from 'vitest'
import { EndpointError, isLoopback, singleEndpoint, splitEndpoints } from './endpoints.ts'

describe('an endpoint', () => {
  test.each([
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080', '/v1'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080', '/v1'],
    ['127.0.0.1:8080', 'http://127.0.0.1:8080', '/v1'],
    ['localhost', 'http://localhost', '/v1'],
    ['LOCALHOST:8080', 'http://localhost:8080', '/v1'],
    ['[::1]:80', 'http://[::1]', '/v1'],
    ['a.s2.dev', 'https://a.s2.dev', '/v1'],
    ['localhost.example.com', 'https://localhost.example.com', '/v1'],
    ['https://proxy.example/s2/v1', 'https://proxy.example', '/s2/v1'],
    ['https://proxy.example/s2/', 'https://proxy.example', '/s2'],
    ['  http://x  ', 'http://x', '/v1'],
  ])('%s', (text, origin, prefix) => {
    expect(singleEndpoint(text).account).toEqual({ origin, prefix })
  })

  test.each([
    '',
    '  ',
    'http://',
    'http://a b',
    'ftp://x',
    'http://user:secret@x',
    'http://x?a=1',
    'http://x#a',
    'http://x:99999',
    'foo',
    'htp:/x',
    'foo:8080',
  ])('is not %j', (text) => {
    expect(() => singleEndpoint(text)).toThrow(EndpointError)
  })
})

test.each([
  [
    'http://user:sekrit@127.0.0.1:9871',
    '"http://...@127.0.0.1:9871" carries a user or a password: leave them out, and give an access token by --token-file or S2_ACCESS_TOKEN',
  ],
  ['https://sekrit@x', '"https://...@x" carries a user'],
  ['ftp://user:sekrit@x', '"ftp://...@x" carries a user'],
  ['http://user:sek@rit@x:99999', '"http://...@x:99999" is not a URL'],
  ['user:sekrit@127.0.0.1:80', '"...@127.0.0.1:80" is not a URL'],
])('what is wrong with %s is said without its secret', (url, message) => {
  expect(() => singleEndpoint(url)).toThrow(message)
})

test.each([
  ['http://127.0.0.1:8080/v1', true],
  ['HTTPS://LocalHost', true],
  [' [::1]:80 ', true],
  ['http://127.0.0.1.example.com', false],
  ['http://127.0.0.1@example.com', false],
  ['http://localhost.example.com', false],
  ['https://aws.s2.dev/?localhost', false],
  ['[::2]:80', false],
])('whether %j is on this machine: %j', (url, isHere) => {
  expect(isLoopback(url)).toBe(isHere)
})

test('one endpoint serves both kinds and names the basin by header', () => {
  const { account, basin, basinHeader } = singleEndpoint('http://x')
  expect(basin('my-basin')).toEqual(account)
  expect(basinHeader).toBe(true)
})

test('{basin} in the basin endpoint takes the place of the header', () => {
  const { account, basin, basinHeader } = splitEndpoints('https://a.s2.dev', 'https://{basin}.b.s2.dev')
  expect(account).toEqual({ origin: 'https://a.s2.dev', prefix: '/v1' })
  expect(basin('my-basin')).toEqual({ origin: 'https://my-basin.b.s2.dev', prefix: '/v1' })
  expect(basinHeader).toBe(false)
})

test('a basin endpoint without {basin} keeps the header', () => {
  const { basin, basinHeader } = splitEndpoints('http://a', 'http://b/v2')
  expect(basin('my-basin')).toEqual({ origin: 'http://b', prefix: '/v2' })
  expect(basinHeader).toBe(true)
})
