import { describe, expect, test } from 'vitest'
import { record, trim } from '../../../client/records.ts'
import type { Transport } from '../../../client/transport.ts'
import {
  DEFAULT_BASIN_CONFIG,
  SYSTEM_STREAM_CONFIG,
} from '../../../reference-server/semantics/resources/config.ts'
import { type Flavor, HOSTED, LITE } from '../../../reference-server/semantics/resources/flavor.ts'
import { expectAppend, FRESH } from '../oracle.ts'
import { streamOf, type World } from '../world.ts'
import { judgedRead } from './read.ts'

/** A stream of which everything, or all but the last two records, is to be trimmed. */
function worldOf(flavor: Flavor, trimPoint: bigint): World {
  const records = [record('a'.repeat(10)), record('b'.repeat(30)), record('c'), record('d'), trim(trimPoint)]
  const expected = expectAppend(FRESH, { records }, 1n)
  if (!('after' in expected)) throw new Error('the append is refused')
  const stream = { ...expected.after, config: SYSTEM_STREAM_CONFIG, key: undefined }
  return { flavor, basin: DEFAULT_BASIN_CONFIG, slots: [{ is: 'live', stream }] }
}

/** Whether a read of 47 bytes from the timestamp of all records on may bring these, and what then is known to be gone. */
function judged(world: World, transport: Transport, numbers: readonly bigint[]): bigint | 'wrong' {
  const { records } = streamOf(world, 0)
  const came = records.filter(({ seqNum }) => numbers.includes(seqNum))
  const answer = {
    status: 200,
    headers: {},
    value: { records: came, tail: undefined },
    error: undefined,
    body: new Uint8Array(0),
  }
  const read = {
    stream: 0,
    start: { timestamp: 1n },
    end: { bytes: 47n, wait: 0 },
    answer,
    transport,
  }
  const fitting = judgedRead({ worlds: [world] }, read).possibilities.filter(({ fits }) => fits)
  expect(fitting.length).toBeLessThan(2)
  return fitting[0] === undefined ? 'wrong' : streamOf(fitting[0].after, 0).goneBelow
}

describe('a read beside a trim', () => {
  test.each<[string, Flavor, bigint, Transport, readonly bigint[], bigint | 'wrong']>([
    ['brings what is there', LITE, 3n, 'protobuf', [0n], 0n],
    ['begins where the trim has come to', LITE, 3n, 'protobuf', [2n, 3n, 4n], 2n],
    ['goes over the place of the trim in a session', LITE, 3n, 's2s', [0n, 2n, 3n], 2n],
    ['goes over the place of the trim in one answer', LITE, 3n, 'protobuf', [0n, 2n, 3n], 'wrong'],
    ['comes too late for everything on s2-lite', LITE, 1000n, 'protobuf', [], 5n],
    ['comes too late for some', LITE, 3n, 'protobuf', [], 'wrong'],
  ])('%s', (_what, flavor, trimPoint, transport, numbers, gone) => {
    expect(judged(worldOf(flavor, trimPoint), transport, numbers)).toBe(gone)
  })

  test('that comes too late for everything is not answered with nothing elsewhere', () => {
    expect(judged(worldOf(HOSTED, 1000n), 'protobuf', [])).toBe('wrong')
  })
})
