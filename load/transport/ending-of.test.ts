import { expect, test } from 'vitest'
import { endingOf } from './ending-of.ts'

const refusal = (code: string): string => JSON.stringify({ code, message: 'no' })

test.each([
  [409, refusal('stream_deletion_pending'), 'refused'],
  [412, '{"seq_num_mismatch":3}', 'refused'],
  [429, refusal('rate_limited'), 'refused'],
  [503, refusal('server_draining'), 'refused'],
  [500, refusal('storage'), 'unknown'],
  [503, refusal('unavailable'), 'unknown'],
  // What no S2 server says is judged by its status.
  [400, refusal('constructor'), 'refused'],
  [500, refusal('constructor'), 'unknown'],
  [502, 'Bad Gateway', 'unknown'],
  [404, '', 'refused'],
] as const)('an append that is answered with %i %s is %s', (status, text, kind) => {
  expect(endingOf(status, text).kind).toBe(kind)
})
