import { expect, test } from 'vitest'
import { redact } from './redact.ts'

test.each([
  ['/v1/basins', 'hush', '/v1/basins'],
  ['/v1/hush', 'hush', '/v1/[redacted]'],
  ['/HUSH/hush/', 'hush', '/[redacted]/[redacted]/'],
  ['/%68us%68x', 'hush', '/[redacted]x'],
  ['/a%2Bb%3D', 'a+b=', '/[redacted]'],
  ['/a%2', '%2', '/a[redacted]'],
  ['/hush', '', '/hush'],
])('of %s without %s is logged %s', (path, secret, logged) => {
  expect(redact(path, secret)).toBe(logged)
})

test('a secret of the size of a head is found in a path of that size', () => {
  const secret = 'x'.repeat(32_000)
  expect(redact(`/${secret}/`, secret)).toBe('/[redacted]/')
  expect(redact('/'.repeat(32_000), '/'.repeat(16_000))).toBe('[redacted][redacted]')
})
