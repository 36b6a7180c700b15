import { expect, test } from 'vitest'
import { createLog, type LOG_LEVELS } from './log.ts'
import { FakeClock } from './testing/fake-clock.ts'

function linesOf(level: (typeof LOG_LEVELS)[number], fields: Record<string, string>): readonly unknown[] {
  const lines: string[] = []
  const log = createLog(level, (line) => lines.push(line), new FakeClock(0n))
  log.debug(fields, 'one')
  log.info(fields, 'two')
  log.warn(fields, 'three')
  log.error(fields, 'four')
  return lines.map((line): unknown => JSON.parse(line))
}

test('each event is a JSON object on a line of its own, with the time of the clock', () => {
  expect(linesOf('error', { url: 'http://127.0.0.1:1' })).toEqual([
    { level: 'error', time: '1970-01-01T00:00:00.000Z', url: 'http://127.0.0.1:1', msg: 'four' },
  ])
})

test.each([
  ['trace', 4],
  ['debug', 4],
  ['info', 3],
  ['warn', 2],
  ['error', 1],
  ['silent', 0],
] as const)('at %s there are %d of four', (level, count) => {
  expect(linesOf(level, {})).toHaveLength(count)
})

test('a line holds nothing that a terminal obeys, and the value stays', () => {
  const path = '/\u009b31m\u202e\u2028\u001b]0;x\u0007'
  const lines: string[] = []
  createLog('error', (line) => lines.push(line), new FakeClock(0n)).error({ path }, 'one')
  expect(lines[0]).toMatch(/^[ -~]*$/)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ path })
})

test('what is called a secret is not written down, should anybody hand it over', () => {
  for (const name of ['authorization', 's2-encryption-key', 'access_token', 'token', 'secret', 'key']) {
    expect(linesOf('error', { [name]: 'hush' })).toEqual([expect.objectContaining({ [name]: '[redacted]' })])
  }
})
