import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SequencedRecord } from '../../proto/types.ts'
import { batch, bodiesOf, ok, readAll, testStream } from '../testing/test-backend.ts'
import type { Backend, ReadOutput, StreamAddress } from './backend.ts'

/** Between two steps of a writer, or of a reader that dawdles: turns of the event loop, or below zero, jobs within one. */
const pace = fc.array(fc.integer({ min: -12, max: 6 }), { minLength: 1, maxLength: 8 })
const writer = fc.record({ batches: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 20 }), pace })
const reader = fc.record({ start: fc.nat({ max: 30 }), late: fc.integer({ min: -40, max: 40 }), pace })

test('every follower gets every record once, in order, from any start, at any pace, and hears of no tail before it (READ-053, S2S-042)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(writer, { minLength: 1, maxLength: 3 }),
      fc.array(reader, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 4 }),
      async (writers, readers, recentBatches) => {
        const { backend, address } = await testStream({ options: { recentBatches } })
        const write = async (batches: readonly number[], pace: readonly number[], writer: number) => {
          for (const [index, size] of batches.entries()) {
            const bodies = Array.from({ length: size }, (_, record) => `${writer}:${index}:${record}`)
            ok(await backend.append(address, batch(bodies)))
            await turns(pace, index)
          }
        }
        const opened = readers.map(async ({ start, late, pace }) => {
          await turns([late], 0)
          const { tail } = ok(await backend.checkTail(address))
          const session = await open(backend, address, start)
          return { session, pace, start: BigInt(start) < tail.seqNum ? BigInt(start) : undefined }
        })
        const read = opened.map(async (reader) => {
          const { session, pace, start } = await reader
          const records = await untilLast(session, pace)
          if (start !== undefined) expect(records[0]?.seqNum).toBe(start)
          return records
        })
        await Promise.all([
          ...opened,
          ...writers.map(({ batches, pace }, index) => write(batches, pace, index)),
        ])
        ok(await backend.append(address, batch([LAST])))

        const { records: all } = await readAll(backend, address, { seqNum: 0n }, { wait: 0 })
        for (const records of await Promise.all(read)) {
          const first = Number(records[0]?.seqNum)
          expect(bodiesOf(records)).toEqual(bodiesOf(all.slice(first)))
        }
        await backend.close()
      },
    ),
    { numRuns: 100 },
  )
})

const LAST = 'last'

async function turns(pace: readonly number[], step: number): Promise<void> {
  const wanted = pace[step % pace.length] ?? 0
  for (let turn = 0; turn < Math.abs(wanted); turn++) await (wanted > 0 ? setImmediate() : null)
}

async function open(
  backend: Backend,
  address: StreamAddress,
  start: number,
): Promise<AsyncIterable<ReadOutput>> {
  const from = { seqNum: BigInt(start), clamp: true }
  return ok(await backend.openRead(address, from, {}, new AbortController().signal))
}

async function untilLast(
  session: AsyncIterable<ReadOutput>,
  pace: readonly number[],
): Promise<readonly SequencedRecord[]> {
  const records: SequencedRecord[] = []
  let step = 0
  let next: bigint | undefined
  for await (const output of session) {
    if (output.kind === 'refused') throw new Error('a read was refused')
    if (output.kind === 'batch') records.push(...output.records)
    if (next !== undefined) expect(firstOf(output)).toBe(next)
    next = output.kind === 'heartbeat' ? output.tail.seqNum : (output.records.at(-1)?.seqNum ?? 0n) + 1n
    if (bodiesOf(records).includes(LAST)) break
    await turns(pace, step++)
  }
  return records
}

/** Where it says that the reader stands: the tail of a heartbeat is the number of the record that comes next. */
const firstOf = (output: Exclude<ReadOutput, { readonly kind: 'refused' }>): bigint | undefined =>
  output.kind === 'heartbeat' ? output.tail.seqNum : output.records[0]?.seqNum
