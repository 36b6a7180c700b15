import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { followed, onManyStreams, onOneStream, SUFFIXES } from './arbitraries/sequences.ts'
import type { Step, StepOf } from './step.ts'
import { type AllowedStep, allowedAnswers } from './testing/mute-target.ts'

const SEQUENCES = 400

/** Of each kind of event its share among the requests that could have been one, in percent. */
async function tell(arbitrary: fc.Arbitrary<readonly Step[]>, names: readonly string[]) {
  const sequences: AllowedStep[][] = []
  for (const steps of fc.sample(arbitrary, { seed: 1, numRuns: SEQUENCES }))
    sequences.push([...(await allowedAnswers(steps, names))])
  const all = sequences.flat()
  return {
    sequences,
    share(of: (told: AllowedStep) => boolean, which: (told: AllowedStep) => boolean): number {
      const some = all.filter(of)
      return (100 * some.filter(which).length) / some.length
    },
    inSequences: (which: (told: AllowedStep) => boolean): number =>
      (100 * sequences.filter((told) => told.some(which)).length) / sequences.length,
  }
}

const is =
  (...kinds: readonly Step['step'][]) =>
  ({ step }: AllowedStep): boolean =>
    kinds.includes(step.step)

const appends = is('append')
const reads = is('read')
const status =
  (wanted: number) =>
  ({ expected }: AllowedStep): boolean =>
    expected.status === wanted
const code =
  (wanted: string) =>
  ({ expected }: AllowedStep): boolean =>
    expected.code === wanted

const asAppend = ({ step }: AllowedStep): StepOf<'append'> | undefined =>
  step.step === 'append' ? step : undefined
const filledTo =
  (records?: number, metered?: number) =>
  (told: AllowedStep): boolean => {
    const fill = asAppend(told)?.fill
    return fill !== undefined && fill.records === records && fill.metered === metered
  }

/** How many records a read delivered. */
function delivered({ expected }: AllowedStep): number {
  const { records } = expected
  if (Array.isArray(records)) return records.length
  return typeof records === 'string' ? Number.parseInt(records, 10) : 0
}

const asRead = ({ step }: AllowedStep): StepOf<'read'> | undefined =>
  step.step === 'read' ? step : undefined

type Telling = Awaited<ReturnType<typeof tell>>

describe('sequences on one stream reach what is rare', () => {
  let told: Telling
  beforeAll(async () => {
    told = await tell(onOneStream, ['s'])
  })

  test.each<[string, (told: AllowedStep) => boolean, least: number, most: number]>([
    ['accepted', status(200), 40, 80],
    ['refused by number', ({ expected }) => 'seq_num_mismatch' in expected, 5, 25],
    ['refused by token', ({ expected }) => 'fencing_token_mismatch' in expected, 5, 25],
    ['refused as invalid', code('invalid'), 3, 15],
    ['of as many records as may be', filledTo(1000), 0.5, 3],
    ['of one record too many', filledTo(1001), 0.5, 3],
    ['of as many bytes as may be', filledTo(undefined, 1_048_576), 0.5, 3],
    ['of one byte too many', filledTo(undefined, 1_048_577), 0.5, 3],
  ])('appends %s', (_name, which, least, most) => {
    const share = told.share(appends, which)
    expect(share).toBeGreaterThan(least)
    expect(share).toBeLessThan(most)
  })

  test.each<[string, (told: AllowedStep) => boolean, least: number]>([
    ['with records', (one) => delivered(one) > 0, 20],
    ['with no records', (one) => status(200)(one) && delivered(one) === 0, 5],
    ['refused as unwritten', status(416), 8],
    ['refused as a contradiction', code('invalid'), 1],
    ['ended by their count', (one) => delivered(one) > 0 && delivered(one) === asRead(one)?.count, 3],
    ['with all of a full batch', (one) => delivered(one) >= 999, 0.05],
    ['clamped', (one) => asRead(one)?.clamp === true && status(200)(one), 8],
    ['from a timestamp', (one) => asRead(one)?.start.from === 'timestamp' && delivered(one) > 0, 3],
    ['that may wait', (one) => (asRead(one)?.wait ?? 0) > 0, 1],
  ])('reads %s', (_name, which, least) => {
    expect(told.share(reads, which)).toBeGreaterThan(least)
  })

  test('trims take effect in a good part of the sequences, and some are read after', () => {
    const firsts = told.sequences.filter((sequence) =>
      sequence.some((one) => {
        const read = asRead(one)
        const [first] = Array.isArray(one.expected.records) ? one.expected.records : []
        const isFromTheStart = read?.start.from === 'seq-num' && read.start.back >= 12
        return isFromTheStart && typeof first === 'string' && !first.startsWith('0@')
      }),
    )
    expect(firsts.length).toBeGreaterThan(SEQUENCES / 100)
  })
})

describe('sequences with followers reach what is rare', () => {
  let told: Telling
  beforeAll(async () => {
    told = await tell(followed, ['s'])
  })

  test.each<[string, (told: AllowedStep) => boolean, least: number]>([
    ['an accepted follower', (one) => is('follow')(one) && !status(416)(one), 40],
    ['a refused follower', (one) => is('follow')(one) && status(416)(one), 5],
    ['a reader that waits', is('poll'), 25],
    ['another mode of timestamping', is('reconfigure'), 40],
    ['an append without the timestamp that it needs', (one) => appends(one) && code('invalid')(one), 20],
  ])('%s', (_name, which, least) => {
    expect(told.inSequences(which)).toBeGreaterThan(least)
  })

  test('timestamps in the future are kept, and capped', () => {
    const future = (one: AllowedStep): boolean =>
      JSON.stringify(one.step).includes('"at":"now","plus":3600000')
    const end = ({ expected: { end } }: AllowedStep): bigint => BigInt(Object(end).timestamp ?? 0)
    const kept = (one: AllowedStep): boolean =>
      future(one) && status(200)(one) && end(one) > 1_800_000_000_000n + 120_000n
    const capped = (one: AllowedStep): boolean => future(one) && status(200)(one) && !kept(one)
    expect(told.inSequences(kept)).toBeGreaterThan(1.5)
    expect(told.inSequences(capped)).toBeGreaterThan(5)
  })
})

describe('sequences on many streams reach what is rare', () => {
  let told: Telling
  beforeAll(async () => {
    told = await tell(onManyStreams, SUFFIXES)
  })

  test.each<[string, (told: AllowedStep) => boolean, least: number]>([
    ['a stream made', (one) => is('create', 'ensure')(one) && status(201)(one), 60],
    ['a creation refused since it is there', code('resource_already_exists'), 15],
    ['a stream that is there, ensured', (one) => is('ensure')(one) && status(200)(one), 15],
    [
      'a configuration refused',
      (one) => is('create', 'ensure', 'reconfigure')(one) && code('invalid')(one),
      12,
    ],
    ['an append to what is not there', (one) => appends(one) && code('stream_not_found')(one), 40],
    ['a deletion', (one) => is('delete')(one) && status(202)(one), 20],
    ['a deletion of nothing', (one) => is('delete')(one) && status(404)(one), 20],
    ['a patch', (one) => is('reconfigure')(one) && status(200)(one), 25],
    ['a configuration read', (one) => is('get-config')(one) && status(200)(one), 20],
    ['a listing of some', (one) => is('list')(one) && delivered(one) + names(one) > 0, 30],
    ['a listing with more behind', (one) => one.expected.has_more === true, 4],
    ['a record appended', (one) => appends(one) && status(200)(one), 45],
  ])('%s', (_name, which, least) => {
    expect(told.inSequences(which)).toBeGreaterThan(least)
  })

  test('a stream is made by an append, and anew after its deletion', () => {
    const auto = told.sequences.filter(
      (sequence) =>
        sequence.some(is('reconfigure-basin', 'ensure-basin')) &&
        sequence.some((one, index) => appends(one) && status(200)(one) && !madeBefore(sequence, index)),
    )
    expect((100 * auto.length) / SEQUENCES).toBeGreaterThan(5)
    const anew = told.sequences.filter((sequence) =>
      sequence.some((one, index) => {
        const wasDeleted = sequence
          .slice(0, index)
          .some((before) => is('delete')(before) && status(202)(before) && sameStream(before, one))
        return wasDeleted && is('create', 'ensure')(one) && status(201)(one)
      }),
    )
    expect((100 * anew.length) / SEQUENCES).toBeGreaterThan(3)
  })
})

const names = ({ expected: { streams } }: AllowedStep): number =>
  Array.isArray(streams) ? streams.length : 0

const streamOf = ({ step }: AllowedStep): number | undefined => ('stream' in step ? step.stream : undefined)
const sameStream = (left: AllowedStep, right: AllowedStep): boolean => streamOf(left) === streamOf(right)

/** Whether the stream of this request was made by a POST or PUT before it. */
const madeBefore = (sequence: readonly AllowedStep[], index: number): boolean =>
  sequence
    .slice(0, index)
    .some((one) => is('create', 'ensure')(one) && status(201)(one) && sameStream(one, sequence[index] ?? one))
