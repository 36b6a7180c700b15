import { expect, test } from 'vitest'
import { realClock } from '../../kit/clock.ts'
import { UsageError } from '../../kit/usage-error.ts'
import { singleEndpoint } from '../endpoints.ts'
import { proxyFrom } from '../wire/proxy.ts'
import { openConnections } from './open-connections.ts'

const notesFor = async (endpoint: string, env: NodeJS.ProcessEnv): Promise<readonly string[]> => {
  const { notes, close } = openConnections(
    { endpoints: singleEndpoint(endpoint) },
    realClock,
    { token: undefined, runId: 'abc123', proxyFor: (origin) => proxyFrom(env, origin) },
    () => {},
  )
  await close()
  return notes
}

test('a result states the proxy that its connections went through', async () => {
  expect(await notesFor('https://s2.example', { HTTPS_PROXY: 'http://me:secret@p.example:3128' })).toEqual([
    'all connections went through the proxy http://p.example:3128 (HTTPS_PROXY)',
  ])
  expect(await notesFor('http://127.0.0.1:8080', { HTTP_PROXY: 'http://p.example:3128' })).toEqual([])
})

test('a proxy of another protocol is wrong usage', async () => {
  await expect(notesFor('https://s2.example', { ALL_PROXY: 'socks5://p.example' })).rejects.toThrow(
    UsageError,
  )
})
