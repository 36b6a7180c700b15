import assert from 'node:assert/strict'
import { batch, trim } from '../../../client/records.ts'
import type { SequencedRecord } from '../../../proto/types.ts'
import { BASIN } from './basin.ts'
import type { Pattern } from './pattern.ts'
import { accepted, assertConsecutive, textOf, textsOf } from './run/answers.ts'
import type { World } from './run/world.ts'

/** Removes the records that a consumer has processed, and no others. */
export const trimBehindConsumer: Pattern = {
  slug: 'trim-behind-consumer',
  needsFaults: false,
  async run(world) {
    const { step, stream, aside } = world
    const basin = aside.basin(BASIN)
    await accepted(basin.createStream('jobs'))
    await accepted(basin.createStream('jobs.position'))
    await accepted(basin.stream('jobs').append(batch('job 0', 'job 1', 'job 2', 'job 3', 'job 4')))
    const [jobs, positions] = [stream('jobs'), stream('jobs.position')]

    step(1)
    const done = (await accepted(jobs.read({ seqNum: 0n, count: 3n }))).records
    const position = (done.at(-1)?.seqNum ?? -1n) + 1n

    step(2)
    await accepted(positions.append({ ...batch(String(position)), matchSeqNum: 0n }))

    step(3)
    await accepted(stream('jobs', 'base64').append({ records: [trim(position)] }))

    step(4)
    await accepted(stream('jobs', 'base64').append({ records: [trim(1n)] }))
    assert.equal((await accepted(jobs.checkTail())).seqNum, 7n)
    await untilTrimmed(world, position)

    step(5)
    const [stored] = (await accepted(positions.read({ tailOffset: 1n }))).records
    assert(stored !== undefined)
    const restarted = await accepted(jobs.read({ seqNum: BigInt(textOf(stored)) }))
    assertConsecutive([...done, ...restarted.records], 0n)
    assert.deepEqual(jobsOf([...done, ...restarted.records]), ['job 0', 'job 1', 'job 2', 'job 3', 'job 4'])

    step(6)
    const late = (await accepted(jobs.read({ seqNum: 0n }))).records
    assert.equal(late[0]?.seqNum, position, 'the answer starts at the earliest record that is left')
    assert.deepEqual(jobsOf(late), ['job 3', 'job 4'])
  },
}

/** The texts of the records that are no commands. */
const jobsOf = (records: readonly SequencedRecord[]): readonly string[] =>
  textsOf(records.filter((record) => !isCommand(record)))

const isCommand = ({ headers }: SequencedRecord): boolean =>
  headers.length === 1 && headers[0]?.name.length === 0

/** Waits until reads start at the trim point: a trim takes effect some time after its acknowledgement. */
async function untilTrimmed({ aside, pass }: World, position: bigint): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    await pass(1000)
    const { records } = await accepted(aside.basin(BASIN).stream('jobs').read({ seqNum: 0n, count: 1n }))
    if (records[0]?.seqNum === position) return
    assert(Date.now() < deadline, 'the trim has no effect')
  }
}
