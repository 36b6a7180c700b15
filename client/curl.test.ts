import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { selfSigned } from '../reference-server/http/connections/certificate.ts'
import { curlCommand } from './curl.ts'
import { createRedactor } from './redact.ts'
import { trust } from './trust-certificates.ts'

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

test('names the file of certificates that the run trusted', async () => {
  const { cert } = await selfSigned(['localhost'])
  onTestFinished(() => trust({ certificates: [], verifies: true }))
  trust({ certificates: [cert], verifies: true, file: 'my ca.pem' })
  expect(commandFor('https://localhost:1')).toMatch(/^curl -sSiNg --cacert 'my ca.pem' --path-as-is /)
  expect(commandFor('http://localhost:1')).not.toContain('--cacert')
})

test('verifies certificates where the run did', () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', undefined)
  expect(commandFor('https://localhost:1')).toMatch(/^curl -sSiNg /)
})
