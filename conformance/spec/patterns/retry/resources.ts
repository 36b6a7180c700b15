import assert from 'node:assert/strict'
import type { RawRequest } from '../../../../client/raw.ts'
import { batch } from '../../../../client/records.ts'
import { BASIN } from '../basin.ts'
import { accepted, refused } from '../run/answers.ts'
import type { World } from '../run/world.ts'
import { CLOSING, untilGone } from './access.ts'
import { countOf, fixes, ORDER, RECORDS, type RetryRow, STREAM } from './row.ts'

const post = (path: string, body: string): RawRequest => ({ method: 'POST', path, body })

/** The state of a resource does not allow the request. */
export const RESOURCES: readonly RetryRow[] = [
  {
    label: 'basin_not_found',
    step: 3,
    status: 404,
    cause: 'the basin does not exist',
    retry: 'change',
    advice: 'Create the basin, or correct its name.',
    ids: ['ERR-010'],
    show: fixes({
      wrong: { method: 'GET', path: '/basins/my-bassin' },
      right: { method: 'GET', path: `/basins/${BASIN}` },
      code: 'basin_not_found',
      status: 404,
      to: 'account',
    }),
  },
  {
    label: 'stream_not_found',
    step: 3,
    status: 404,
    cause: 'the stream does not exist',
    retry: 'change',
    advice: 'Create the stream, or correct its name.',
    ids: ['ERR-025'],
    show: fixes({
      wrong: post('/streams/invoices/records', ORDER),
      right: post('/streams/invoices/records', ORDER),
      code: 'stream_not_found',
      status: 404,
      meanwhile: async ({ account }) => await accepted(account.basin(BASIN).createStream('invoices')),
    }),
  },
  {
    label: 'basin_deletion_pending',
    needs: 'reference server',
    step: 3,
    status: 409,
    cause: 'the basin is being deleted',
    retry: 'change',
    advice: 'Wait until the deletion has ended, then create the basin again.',
    ids: ['ERR-009'],
    show: showBasinDeletion,
  },
  {
    label: 'stream_deletion_pending',
    needs: 'reference server',
    step: 3,
    status: 409,
    cause: 'the stream is being deleted',
    retry: 'change',
    advice: 'Wait until the deletion has ended, then create the stream again.',
    ids: ['ERR-024'],
    show: showStreamDeletion,
  },
  {
    label: 'resource_already_exists',
    step: 3,
    status: 409,
    cause: 'the name is taken',
    retry: 'change',
    advice:
      'Read the existing resource with GET, and change it with PATCH; or use another name. PUT replaces the configuration: what it omits returns to defaults, and without a body that is everything.',
    ids: ['ERR-021', 'CP-STR-042', 'CP-BAS-051'],
    show: fixes({
      wrong: post('/streams', `{"stream":"${STREAM}"}`),
      right: { method: 'PUT', path: `/streams/${STREAM}` },
      code: 'resource_already_exists',
      status: 409,
    }),
  },
  {
    label: 'transaction_conflict',
    step: 3,
    status: 409,
    cause: 'a concurrent change of the same resource',
    retry: 'repeat',
    advice: 'Repeat after a short wait.',
    ids: ['ERR-026'],
    show: { notShown: 'The reference server orders concurrent changes and never returns it.' },
  },
  {
    label: 'seq_num_mismatch',
    step: 3,
    status: 412,
    cause: '`match_seq_num` is not the next number',
    retry: 'change',
    advice:
      'Find out which records are at that number: see [exactly-once append](exactly-once-append.html). Then use the new number.',
    ids: ['ERR-029', 'APP-013'],
    show: showSeqNumMismatch,
  },
  {
    label: 'fencing_token_mismatch',
    step: 3,
    status: 412,
    cause: 'another writer has set a fencing token',
    retry: 'never',
    advice: 'The writer stops: see [fenced writer](fenced-writer.html).',
    ids: ['ERR-029', 'APP-015'],
    async show({ stream }) {
      const { fencing_token_mismatch: token } = await refused(
        412,
        stream(STREAM).append({ ...batch('order'), fencingToken: 'writer-a' }),
      )
      assert.equal(token, '')
    },
  },
  {
    label: 'unwritten position',
    step: 3,
    status: 416,
    cause: 'no record has the requested position yet',
    retry: 'change',
    advice:
      'At the tail, add `wait` or open a session. Beyond the tail, `wait` does not help: see [following](following.html). The same read succeeds once a record exists there.',
    ids: ['ERR-030', 'READ-009', 'READ-010', 'READ-007'],
    show: showUnwritten,
  },
  {
    label: 'not_implemented',
    needs: 'reference server',
    step: 3,
    status: 501,
    cause: 'the server does not offer the operation, or a coding of the request',
    retry: 'never',
    advice: 'Use another server, or do without the operation.',
    ids: ['ERR-015', 'CP-LITE-051'],
    show: showNotImplemented,
  },
]

async function showBasinDeletion(world: World): Promise<void> {
  const { account, aside, pass } = world
  assert.equal((await aside.deleteBasin(CLOSING)).status, 202)
  await fixes({
    wrong: post('/streams', '{"stream":"events"}'),
    right: post('/streams', '{"stream":"events"}'),
    code: 'basin_deletion_pending',
    status: 409,
    to: CLOSING,
    async meanwhile() {
      await untilGone(pass, async () => (await aside.getBasinConfig(CLOSING)).status === 404)
      assert.equal((await account.createBasin(CLOSING)).status, 201)
    },
  })(world)
}

async function showStreamDeletion(world: World): Promise<void> {
  const { account, aside, pass } = world
  const basin = aside.basin(BASIN)
  await accepted(basin.createStream('closing'))
  assert.equal((await basin.deleteStream('closing')).status, 202)
  await fixes({
    wrong: post('/streams/closing/records', ORDER),
    right: post('/streams/closing/records', ORDER),
    code: 'stream_deletion_pending',
    status: 409,
    async meanwhile() {
      await untilGone(pass, async () => (await basin.getStreamConfig('closing')).status === 404)
      await accepted(account.basin(BASIN).createStream('closing'))
    },
  })(world)
}

/** The reference server offers every operation, but only one transfer coding; s2-lite has no tokens (CP-LITE-051). */
async function showNotImplemented({ stream }: World): Promise<void> {
  const headers = { 'content-type': 'application/json', 'transfer-encoding': 'gzip, chunked' }
  const refusal = await refused(501, stream(STREAM, 's2s-http1').openAppendAnswer({ headers }))
  assert.equal(refusal.code, 'not_implemented')
}

async function showSeqNumMismatch(world: World): Promise<void> {
  const orders = world.stream(STREAM)
  const count = await countOf(world)
  const { seq_num_mismatch: next } = await refused(412, orders.append({ ...batch('order'), matchSeqNum: 0n }))
  assert.equal(next, count)
  await accepted(orders.append({ ...batch('order'), matchSeqNum: count }))
}

async function showUnwritten(world: World): Promise<void> {
  const orders = world.stream(STREAM)
  const count = await countOf(world)
  const { tail } = await refused(416, orders.read({ seqNum: count }))
  assert.equal(tail?.seqNum, count)
  const { records } = await accepted(orders.read({ seqNum: count - 1n }))
  assert.equal(records.length, 1)
}

export const APPEND: RawRequest = post(RECORDS, ORDER)
