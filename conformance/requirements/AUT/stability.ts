import { batch, fence, record } from '../../../client/records.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'
import { overlapping } from '../overlapping.ts'
import { bounded } from '../READ/ladder.ts'
import { APPENDERS, READERS } from '../transports.ts'

const IDLE_SECONDS = 70

export const stability: readonly Requirement[] = [
  onStream('AUT-019', 'Reconfiguration does not disturb data', { on: APPENDERS }, async (context) => {
    const { stream, basin, expect } = context
    const sent = [record('first', { headers: [['n', 'v']] }), record('second'), fence('mine')]
    expect.ok(await stream.append({ records: sent }))
    const before = expect.ok(await stream.read({ seqNum: 0n, count: 3n })).records

    const patches = [
      { retention_policy: { age: 86_400 } },
      { retention_policy: { infinite: {} } },
      { timestamping: { mode: 'arrival' } },
      { timestamping: { mode: 'client-prefer', uncapped: true } },
      { delete_on_empty: { min_age_secs: 3600 } },
      { timestamping: null, retention_policy: null, delete_on_empty: null },
    ]
    let turn = 0
    let appended = 0
    const reconfigure = async (): Promise<void> => {
      const patch = patches[turn % patches.length] ?? {}
      turn += 1
      expect.ok(await basin.reconfigureStream(stream.name, patch))
    }
    const append = async (): Promise<void> => {
      const { start } = expect.ok(await stream.append({ ...batch(`${appended}`), fencingToken: 'mine' }))
      expect.equal(start.seqNum, 3n + BigInt(appended), 'number of the next record')
      appended += 1
    }
    await overlapping(context, [
      [18, reconfigure],
      [40, append],
    ])

    expect.equal(expect.ok(await stream.read({ seqNum: 0n, count: 3n })).records, before, 'records before it')
    const { records } = expect.ok(await stream.read({ seqNum: 3n, count: 100n }))
    expect.records(
      records,
      3n,
      Array.from({ length: 40 }, (_, index) => record(`${index}`)),
    )
    const fenced = await stream.append({ ...batch('x'), fencingToken: 'other' })
    expect.refused(fenced, 412, { fencing_token_mismatch: 'mine' })
  }),

  requirement('AUT-020', 'Streams are isolated', { needs: ['basins'], on: READERS }, async (context) => {
    const { newBasin, newStreamName, expect, transport } = context
    const basins = [await newBasin(), await newBasin()]
    const name = newStreamName()
    const names = [
      name,
      `${name}0`,
      `${name}/`,
      `${name}/a`,
      `${name}/a/`,
      `${name}\u0001`,
      name.slice(0, -1),
    ]
    const streams = basins.flatMap((basin) =>
      names.map((each) => ({ basin, stream: basin.stream(each, transport) })),
    )
    for (const [index, { basin, stream }] of streams.entries()) {
      expect.ok(await basin.createStream(stream.name), 201)
      const own = Array.from({ length: index + 1 }, (_, each) => record(`${index}/${each}`))
      expect.ok(await stream.append({ records: [...own, fence(`token ${index}`)] }))
    }
    for (const [index, { stream }] of streams.entries()) {
      const own = Array.from({ length: index + 1 }, (_, each) => record(`${index}/${each}`))
      const sent = [...own, fence(`token ${index}`)]
      expect.records(expect.ok(await stream.read(bounded(transport, { seqNum: 0n }))).records, 0n, sent)
      expect.equal(expect.ok(await stream.checkTail()).seqNum, BigInt(index + 2), 'tail.seq_num')
      const foreign = await stream.append({ ...batch('x'), fencingToken: `token ${index + 1}` })
      expect.refused(foreign, 412, { fencing_token_mismatch: `token ${index}` })
    }
    // What happens to one happens to no other.
    const [gone, ...others] = streams
    const { basin, stream } = expect.present(gone, 'a stream')
    expect.status(await basin.deleteStream(stream.name), 202)
    for (const [index, other] of others.entries()) {
      expect.equal(expect.ok(await other.stream.checkTail()).seqNum, BigInt(index + 3), 'tail.seq_num')
    }
  }),

  requirement('AUT-018', 'Idle streams', { on: APPENDERS, seconds: IDLE_SECONDS }, async (context) => {
    const { newStream, expect, sleep } = context
    // Each is touched in its own way first.
    const [checked, read, stream] = await Promise.all([newStream(), newStream(), newStream()])
    const sent = [record('a', { timestamp: 1000n }), fence('mine', 2000n)]
    for (const each of [checked, read, stream]) expect.ok(await each.append({ records: sent }))
    await sleep(IDLE_SECONDS * 1000)

    const tail = { seqNum: 2n, timestamp: 2000n }
    expect.equal(expect.ok(await checked.checkTail()), tail, 'tail')
    expect.records(expect.ok(await read.read({ seqNum: 0n, count: 5n })).records, 0n, sent)
    const next = { records: [record('b', { timestamp: 5n })] }
    expect.refused(await stream.append({ ...next, fencingToken: '' }), 412, {
      fencing_token_mismatch: 'mine',
    })
    expect.refused(await stream.append({ ...next, matchSeqNum: 0n }), 412, { seq_num_mismatch: 2n })
    const ack = expect.ok(await stream.append({ ...next, fencingToken: 'mine', matchSeqNum: 2n }))
    expect.equal(ack.start, tail, 'the next record goes where the stream was left, on its floor of time')
  }),
]
