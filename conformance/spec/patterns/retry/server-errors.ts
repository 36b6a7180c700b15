import assert from 'node:assert/strict'
import { batch } from '../../../../client/records.ts'
import { BASIN } from '../basin.ts'
import { accepted } from '../run/answers.ts'
import type { World } from '../run/world.ts'
import { showRequestTimeout, showStorage } from './failing-servers.ts'
import { APPEND } from './resources.ts'
import { countOf, type RetryRow, STREAM } from './row.ts'

const NOT_PROVOKED = 'No request provokes it.'

/** The server cannot answer now. */
export const SERVER_ERRORS: readonly RetryRow[] = [
  {
    label: 'rate_limited',
    needs: 'reference server',
    step: 4,
    status: 429,
    cause: 'too many requests',
    retry: 'repeat',
    advice: 'Wait for the milliseconds of `retry-after-ms`, if it is there, then repeat.',
    ids: ['ERR-019', 'CP-RT-045'],
    show: (world) => repeats(world, 'rate_limited', 429),
  },
  {
    label: 'server_draining',
    needs: 'reference server',
    step: 4,
    status: 503,
    cause: 'the server shuts down',
    retry: 'repeat',
    advice: 'Repeat on a new connection.',
    ids: ['ERR-022'],
    show: (world) => repeats(world, 'server_draining', 503),
  },
  {
    label: 'hot_server',
    step: 4,
    status: 502,
    cause: 'the server is overloaded',
    retry: 'repeat',
    advice: 'Repeat after a wait that grows.',
    ids: ['ERR-013'],
    show: { notShown: NOT_PROVOKED },
  },
  {
    label: 'unavailable',
    needs: 'reference server',
    step: 4,
    status: 503,
    cause: 'the server is not reachable or not ready',
    retry: 'conditional',
    advice: 'Repeat after a wait that grows. The sources disagree whether it had an effect.',
    ids: ['ERR-027', 'ERR-040'],
    show: showUnavailable,
  },
  {
    label: 'storage',
    needs: 'reference server',
    step: 4,
    status: 500,
    cause: 'the store failed',
    retry: 'conditional',
    advice: 'Repeat after a wait that grows.',
    ids: ['ERR-023'],
    show: showStorage,
  },
  {
    label: 'other',
    step: 4,
    status: 500,
    cause: 'an unexpected failure',
    retry: 'conditional',
    advice: 'Repeat after a wait that grows.',
    ids: ['ERR-016'],
    show: { notShown: NOT_PROVOKED },
  },
  {
    label: 'request_timeout',
    needs: 'reference server',
    step: 4,
    status: 408,
    cause: 'the server waited too long for the request or for its own work',
    retry: 'conditional',
    advice: 'Repeat on a new connection.',
    ids: ['ERR-020'],
    show: showRequestTimeout,
  },
  {
    label: 'upstream_timeout',
    step: 4,
    status: 504,
    cause: 'an internal call timed out',
    retry: 'conditional',
    advice: 'Repeat after a wait that grows.',
    ids: ['ERR-028'],
    show: { notShown: NOT_PROVOKED },
  },
  {
    label: 'client_hangup',
    step: 4,
    status: 499,
    cause: 'the client closed its connection',
    retry: 'never',
    advice: 'No client sees it: the connection is closed. See the row for a lost answer.',
    ids: ['ERR-011'],
    show: { notShown: 'The client has left before the answer.' },
  },
  {
    label: 'unknown code',
    step: 4,
    status: undefined,
    cause: 'the set of codes is open',
    retry: 'conditional',
    advice:
      'Decide by the status: 408, 429, 500, 502, 503 and 504 are retryable, and an effect is possible. Other statuses are not retryable.',
    ids: ['CP-ERR-005', 'ERR-042'],
    show: { notShown: 'The reference server returns no code beyond this table.' },
  },
]

/** A refusal without effects: the same request, without a condition, is stored once. */
async function repeats(
  world: World,
  code: 'rate_limited' | 'server_draining',
  status: number,
): Promise<void> {
  const { account, faults, pass } = world
  const before = await countOf(world)
  faults.refuse({
    operation: 'append',
    stream: STREAM,
    ...(code === 'rate_limited' ? { code, retryAfterMs: 250 } : { code }),
  })
  const { raw } = account.basin(BASIN)
  const refusal = await raw({ ...APPEND, impatient: true })
  assert.deepEqual([refusal.status, refusal.error?.code], [status, code])
  await pass(250)
  assert.equal((await raw(APPEND)).status, 200)
  assert.equal(await countOf(world), before + 1n)
}

async function showUnavailable(world: World): Promise<void> {
  const count = await countOf(world)
  world.faults.refuse({ operation: 'append', stream: STREAM, code: 'unavailable' })
  const input = { ...batch('order'), matchSeqNum: count }
  const refusal = await world.stream(STREAM).append(input)
  assert.deepEqual([refusal.status, refusal.error?.code], [503, 'unavailable'])
  await accepted(world.stream(STREAM).append(input))
}
