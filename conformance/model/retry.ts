import type { Answer } from '../../client/answer.ts'
import type { Run } from './run.ts'

/** How often a request is sent before its conflicts are an answer. */
const ATTEMPTS = 20

/**
 * A server's own work on a stream may be in the way of a change, which is then refused without effect and can be sent again
 * (ERR-026, CP-STR-066).
 */
export async function untilDecided<Value>(
  { record }: Pick<Run, 'record'>,
  send: () => Promise<Answer<Value>>,
): Promise<Answer<Value>> {
  let answer = await send()
  for (let attempt = 1; attempt < ATTEMPTS && isConflict(answer); attempt++) {
    record('a change was sent again after 409 transaction_conflict')
    answer = await send()
  }
  return answer
}

const isConflict = ({ status, error }: Answer<unknown>): boolean =>
  status === 409 && error?.code === 'transaction_conflict'
