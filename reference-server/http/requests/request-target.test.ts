import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type StartedServer, startReferenceServer } from '../../index.ts'
import { connectRaw } from '../testing/raw-connection.ts'

let server: StartedServer

beforeAll(async () => {
  server = await startReferenceServer({ auth: { rootToken: 'a-root-token-for-this' } })
})
afterAll(() => server.close())

/** The answer to these lines of a request. */
async function ask(...lines: readonly string[]): Promise<string> {
  const connection = await connectRaw(server.url)
  connection.send(`${[...lines, 'connection: close'].join('\r\n')}\r\n\r\n`)
  await connection.closed
  return connection.received
}

const TOKEN = 'authorization: Bearer a-root-token-for-this'

describe('a request that says its whole URL', () => {
  test.each(['http://localhost/v1/basins', 'HTTP://127.0.0.1:8080/v1/basins?limit=1'])(
    '%s is served',
    async (url) => {
      expect(await ask(`GET ${url} HTTP/1.1`, 'host: localhost', TOKEN)).toMatch(/^HTTP\/1.1 200 /)
    },
  )

  test.each(['http://localhost', 'http://localhost?x'])('%s is the root, where nothing is', async (url) => {
    expect(await ask(`GET ${url} HTTP/1.1`, 'host: localhost', TOKEN)).toMatch(/^HTTP\/1.1 404 /)
  })

  test('is for the host in it, and not for the one in the header', async () => {
    const [foreign, own] = ['http://evil.com/v1/basins', 'http://localhost/v1/basins']
    expect(await ask(`GET ${foreign} HTTP/1.1`, 'host: localhost', TOKEN)).toMatch(/400 .*"bad_header"/s)
    expect(await ask(`GET ${own} HTTP/1.1`, 'host: evil.com', TOKEN)).toMatch(/^HTTP\/1.1 200 /)
  })
})

test.each([
  ['host', 'host: localhost', [TOKEN, 'Host: evil.com']],
  ['authorization', 'host: localhost', [TOKEN, 'Authorization: Bearer another-root-token']],
])('%s that is there twice is refused', async (name, first, more) => {
  const answer = await ask('GET /v1/basins HTTP/1.1', first, ...more)
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 400 .*"bad_header".*${name}`, 's'))
})
