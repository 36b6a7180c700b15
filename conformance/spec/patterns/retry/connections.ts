import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { batch } from '../../../../client/records.ts'
import { TargetError } from '../../../../client/target-error.ts'
import { BASIN } from '../basin.ts'
import { accepted, refused } from '../run/answers.ts'
import type { World } from '../run/world.ts'
import { countOf, type RetryRow, STREAM } from './row.ts'

/** No answer, or only a part of one. */
export const CONNECTIONS: readonly RetryRow[] = [
  {
    label: 'no connection',
    step: 6,
    status: undefined,
    cause: 'the connection was never established',
    retry: 'repeat',
    advice: 'Repeat after a wait that grows: the request has had no effect.',
    ids: ['ERR-043'],
    show: showNoConnection,
  },
  {
    label: 'lost answer',
    needs: 'reference server',
    step: 6,
    status: undefined,
    cause: 'the connection breaks before the answer, or no answer arrives in time',
    retry: 'conditional',
    advice:
      'Repeat. The 412 of a conditional repeat means: see [exactly-once append](exactly-once-append.html).',
    ids: ['ERR-043', 'APP-030', 'APP-061'],
    show: showLostAnswer,
  },
  {
    label: 'cut answer',
    needs: 'reference server',
    step: 6,
    status: 200,
    cause: 'the connection breaks in the middle of the answer to a read',
    retry: 'repeat',
    advice: 'Discard the part, and repeat: reads change nothing.',
    ids: ['READ-066'],
    show: showCutAnswer,
  },
]

async function showNoConnection(world: World): Promise<void> {
  const before = await countOf(world)
  const { raw } = world.elsewhere(await closedAddress()).account.basin(BASIN)
  const request = {
    method: 'POST',
    path: `/streams/${STREAM}/records`,
    body: '{"records":[{"body":"order"}]}',
  }
  await assert.rejects(raw(request), { name: 'TargetError', code: 'refused' })
  assert.equal((await world.account.basin(BASIN).raw(request)).status, 200)
  assert.equal(await countOf(world), before + 1n)
}

/** A port on which no server listens. */
async function closedAddress(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  assert(typeof address === 'object' && address !== null)
  await new Promise((resolve) => void server.close(resolve))
  return `http://127.0.0.1:${address.port}`
}

async function showLostAnswer(world: World): Promise<void> {
  const count = await countOf(world)
  const orders = world.stream(STREAM)
  const input = { ...batch('order'), matchSeqNum: count }
  world.faults.loseAck({ stream: STREAM })
  await assert.rejects(orders.append(input), TargetError)
  const { seq_num_mismatch: next } = await refused(412, orders.append(input))
  assert.equal(next, count + 1n)
  assert.equal(await countOf(world), count + 1n, 'the repeat stores no second copy')
}

async function showCutAnswer({ stream, faults }: World): Promise<void> {
  faults.cutRead({ stream: STREAM, afterRecords: 1 })
  const query = { seqNum: 0n, count: 2n }
  await assert.rejects(stream(STREAM).read(query), TargetError)
  const { records } = await accepted(stream(STREAM).read(query))
  assert.equal(records.length, 2)
}
