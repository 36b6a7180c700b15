import { expect, test } from 'vitest'
import { parseH2load } from './ceiling-h2load.ts'

/** As h2load 1.52.0 prints it. */
const PRINTED = `starting benchmark...
Warm-up started for thread #0.
Main benchmark duration is over for thread #0. Stopping all clients.

finished in 4.00s, 13504.00 req/s, 408.83KB/s
requests: 40512 total, 40512 started, 40512 done, 40512 succeeded, 0 failed, 0 errored, 0 timeout
status codes: 40512 2xx, 0 3xx, 0 4xx, 0 5xx
time for request:      905us     28.60ms      2.33ms      1.89ms    95.58%
`

test('requests a second are read where all succeeded', () => {
  expect(parseH2load(PRINTED)).toBe(13_504)
})

test.each([
  ['nothing measured', PRINTED.replace('13504.00', '0.00')],
  ['no output', ''],
  ['failures', PRINTED.replace('0 failed', '3 failed')],
  ['errors', PRINTED.replace('0 errored', '1 errored')],
  ['refusals', PRINTED.replace('40512 2xx, 0 3xx, 0 4xx', '40000 2xx, 0 3xx, 512 4xx')],
])('%s are no measurement', (_what, printed) => {
  expect(() => parseH2load(printed)).toThrow('h2load')
})
