import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parseS2Bench } from './incumbent-parse.ts'

/** What s2 0.43.4 printed. */
const printed = readFileSync(resolve(import.meta.dirname, '../../clients/testing/bench.txt'), 'utf8')

test('rates and latencies are read', () => {
  expect(parseS2Bench(printed)).toEqual({
    append: 9.84,
    tail: 9.89,
    catchUp: 40.24,
    ackP90: 105.68,
    e2eP90: 105.62,
  })
})

test('microseconds and seconds are milliseconds too', () => {
  const other = printed.replace(
    /^p90 .*$/m,
    'p90    :   938.3µs                              p90    :   1.5s',
  )
  expect(parseS2Bench(other)).toMatchObject({ ackP90: 0.9383, e2eP90: 1500 })
})

test.each(['Write', 'Read', 'Catchup', 'p90'])('without %s it has measured nothing', (label) => {
  const without = printed
    .split('\n')
    .filter((line) => !line.startsWith(label))
    .join('\n')
  expect(() => parseS2Bench(without)).toThrow('s2 bench printed no')
})
