import { describe, expect, test } from 'vitest'
import { commandOf, healthUrl } from './command.ts'

const LISTENING = ['--host', '0.0.0.0', '--port', '80', '--insecure']

describe('the arguments of a container', () => {
  test.each<[args: string[], name: string, given: string[]]>([
    [[], 's2-reference-server', LISTENING],
    [['lite'], 's2-reference-server', LISTENING],
    [
      ['lite', '--port', '8080'],
      's2-reference-server',
      ['--host', '0.0.0.0', '--insecure', '--port', '8080'],
    ],
    [['--port=8080'], 's2-reference-server', ['--host', '0.0.0.0', '--insecure', '--port=8080']],
    [['lite', '--auth'], 's2-reference-server', ['--host', '0.0.0.0', '--port', '80', '--auth']],
    [
      ['lite', '--tls-self'],
      's2-reference-server',
      ['--host', '0.0.0.0', '--port', '443', '--insecure', '--tls-self'],
    ],
    [
      ['--host', '0.0.0.0', '--insecure', '--port', '1'],
      's2-reference-server',
      ['--host', '0.0.0.0', '--insecure', '--port', '1'],
    ],
    [['reference-server', '--check', '/data'], 's2-reference-server', ['--check', '/data']],
    [['--version'], 's2-reference-server', ['--version']],
    [['conformance', 'run', '--quick'], 's2-conformance', ['run', '--quick']],
    [['s2-load', 'run'], 's2-load', ['run']],
  ])('%j', (args, name, given) => {
    expect(commandOf(args)).toMatchObject({ name, args: given })
  })

  test('that name no command are refused', () => {
    expect(commandOf(['bench'])).toBeUndefined()
  })
})

describe('the health check', () => {
  test.each<[args: string[], url: string | undefined]>([
    [[], 'http://127.0.0.1:80/health'],
    [['lite', '--port', '8080'], 'http://127.0.0.1:8080/health'],
    [['--port=8080', '--host', '::'], 'http://[::1]:8080/health'],
    [['lite', '--host', '::1'], 'http://[::1]:80/health'],
    [['lite', '--tls-self'], 'https://127.0.0.1:443/health'],
    [['lite', '--tls-cert', 'a.pem', '--tls-key', 'b.pem'], 'https://127.0.0.1:443/health'],
    [['conformance', 'run'], undefined],
  ])('%j asks %s', (args, url) => {
    expect(healthUrl(args)).toBe(url)
  })
})
