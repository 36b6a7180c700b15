import { describe, expect, test } from 'vitest'
import { UsageError } from '../../kit/usage-error.ts'
import { proxyFrom, proxyName } from './proxy.ts'

const named = (env: NodeJS.ProcessEnv, origin: string): string | undefined => {
  const proxy = proxyFrom(env, origin)
  return proxy && proxyName(proxy)
}

describe('the proxy of an origin', () => {
  test.each([
    [{ HTTPS_PROXY: 'http://p.example:3128' }, 'https://s2.example', 'http://p.example:3128 (HTTPS_PROXY)'],
    [{ https_proxy: 'p.example:3128' }, 'https://s2.example', 'http://p.example:3128 (https_proxy)'],
    [
      { https_proxy: 'http://one', HTTPS_PROXY: 'http://two' },
      'https://s2.example',
      'http://one (https_proxy)',
    ],
    [{ HTTP_PROXY: 'https://p.example' }, 'http://s2.example', 'https://p.example (HTTP_PROXY)'],
    [{ ALL_PROXY: 'http://[::2]:81' }, 'http://s2.example', 'http://[::2]:81 (ALL_PROXY)'],
    [{ HTTPS_PROXY: '', ALL_PROXY: 'http://all' }, 'https://s2.example', 'http://all (ALL_PROXY)'],
  ])('is, by %j, for %s: %s', (env, origin, name) => {
    expect(named(env, origin)).toBe(`the proxy ${name}`)
  })
  test.each([
    [{}, 'https://s2.example'],
    [{ HTTP_PROXY: 'http://p.example' }, 'https://s2.example'],
    [{ HTTPS_PROXY: 'http://p.example' }, 'http://s2.example'],
    [{ HTTPS_PROXY: '  ' }, 'https://s2.example'],
  ])('is none, by %j, for %s', (env, origin) => {
    expect(named(env, origin)).toBeUndefined()
  })
  test.each([
    'http://localhost:8080',
    'http://LOCALHOST',
    'https://basin.localhost',
    'http://127.0.0.2:1',
    'http://[::1]:8080',
  ])('is none for %s, which is this machine', (origin) => {
    expect(named({ ALL_PROXY: 'http://p.example' }, origin)).toBeUndefined()
  })
  test('hides the user and the password in its name', () => {
    expect(named({ ALL_PROXY: 'http://me:secret-word@p.example:1' }, 'http://s2.example')).toBe(
      'the proxy http://p.example:1 (ALL_PROXY)',
    )
  })
  test.each(['socks5://p.example:1080', 'http://', '://', 'me:pass word@'])('cannot be %s', (value) => {
    expect(() => named({ ALL_PROXY: value }, 'http://s2.example')).toThrow(UsageError)
    expect(() => named({ ALL_PROXY: value }, 'http://s2.example')).toThrow(
      /^ALL_PROXY names no proxy that this command can use/,
    )
  })
})

describe('no_proxy', () => {
  const proxied = (exceptions: string, origin: string): boolean =>
    named({ ALL_PROXY: 'http://p.example', NO_PROXY: exceptions }, origin) !== undefined
  test.each([
    ['*', 'https://s2.example'],
    ['s2.example', 'https://s2.example'],
    ['S2.Example', 'https://s2.example'],
    ['example', 'https://s2.example'],
    ['.example', 'https://s2.example'],
    ['*.example', 'https://s2.example'],
    ['other.example, s2.example', 'https://s2.example'],
    ['other.example s2.example', 'https://s2.example'],
    ['s2.example:443', 'https://s2.example'],
    ['s2.example:8080', 'http://s2.example:8080'],
    ['10.0.0.1', 'http://10.0.0.1:8080'],
    ['[fd00::1]', 'http://[fd00::1]'],
    ['fd00::1', 'http://[fd00::1]'],
  ])('"%s" excepts %s', (exceptions, origin) => {
    expect(proxied(exceptions, origin)).toBe(false)
  })
  test.each([
    ['', 'https://s2.example'],
    ['2.example', 'https://s2.example'],
    ['s2.example.org', 'https://s2.example'],
    ['s2.example:80', 'https://s2.example'],
    ['10.0.0.1', 'http://10.0.0.11'],
  ])('"%s" does not except %s', (exceptions, origin) => {
    expect(proxied(exceptions, origin)).toBe(true)
  })
})
