import { afterEach, expect, test, vi } from 'vitest'
import { curlCommand } from './curl.ts'
import { createRedactor } from './redact.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

const commandFor = (origin: string): string | undefined =>
  curlCommand(
    { origin, method: 'GET', path: '/v1/basins', http: '1.1', headers: {}, body: undefined },
    createRedactor(),
  )

test('accepts any certificate where the run did', () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  expect(commandFor('https://localhost:1')).toMatch(/^curl -sSiNgk /)
  expect(commandFor('http://localhost:1')).toMatch(/^curl -sSiNg /)
})

test('verifies certificates where the run did', () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', undefined)
  expect(commandFor('https://localhost:1')).toMatch(/^curl -sSiNg /)
})
