import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { InconclusiveError } from '../../client/failures.ts'
import { batch } from '../../client/records.ts'
import { evidence } from '../../client/watch.ts'
import type { Requirement } from '../../conformance/check/requirement.ts'
import { testRequirement } from '../../conformance/testing/check-parts.ts'
import type { Allowance } from './allowed.ts'
import { type HealthyTarget, startHealthy } from './server.ts'
import { type Trial, tryRequirement } from './trial.ts'

let healthy: HealthyTarget
beforeAll(async () => {
  healthy = await startHealthy('tampertest', 1)
})
afterAll(() => healthy.stop())

let runs = 0
const trial = (check: Requirement['check'], allowed: readonly Allowance[] = []): Promise<Trial> =>
  tryRequirement(testRequirement(check), 'json', {
    healthy,
    allowed,
    perPlace: 1,
    newName: () => `u${String(runs++).padStart(7, '0')}`,
  })

const unnoticed = ({ survivors }: Trial): readonly string[] =>
  survivors.map(({ place, alteration }) => `${place} ${alteration}`)

describe('of a check', () => {
  test('that judges what it looks at, everything is noticed', async () => {
    const sound = await trial(async ({ newStream, expect }) => {
      const stream = await newStream()
      const { start, end } = expect.ok(await stream.append(batch('a', 'b')))
      expect.equal([start.seqNum, end.seqNum], [0n, 2n], 'numbers')
      expect.refused(await stream.append({ ...batch('c'), matchSeqNum: 0n }), 412, { seq_num_mismatch: 2n })
    })
    expect(sound).not.toHaveProperty('unfit')
    // Each of two statuses twice, and three numbers twice, but for 0, below which there is none.
    expect(sound).toMatchObject({ altered: 9, noticed: 9, live: 0, survivors: [] })
  })

  test('whose evidence never comes, that is said after five takes', async () => {
    let takes = 0
    const open = await trial(async () => {
      takes += 1
      throw new InconclusiveError('no overlap')
    })
    expect(open).toMatchObject({ unfit: 'inconclusive: no overlap', isInconclusive: true, altered: 0 })
    expect(takes).toBe(5)
  })

  test('that looks and does not judge, everything but the status goes unnoticed', async () => {
    const vacuous = await trial(async ({ newStream, expect }) => {
      const stream = await newStream()
      const { end } = expect.ok(await stream.append(batch('a')))
      expect.that(typeof end.seqNum === 'bigint', 'a number', end.seqNum)
    })
    expect(unnoticed(vacuous)).toEqual([
      'stream.append.value.end.seqNum +1',
      'stream.append.value.end.seqNum -1',
    ])
  })

  test('that takes any refusal, another code goes unnoticed', async () => {
    const loose = await trial(async ({ basin, newStreamName, expect }) => {
      const { status, error } = await basin.getStreamConfig(newStreamName())
      expect.that(status >= 400 && error?.code !== 'nonsense', 'a refusal', status)
    })
    expect(unnoticed(loose)).toEqual([
      'basin.getStreamConfig.status status 409 for 404',
      'basin.getStreamConfig.status status 500 for 404',
      'basin.getStreamConfig.error.code another code',
    ])
  })

  test('that records what came, it is recorded', async () => {
    const recording = await trial(async ({ newStream, expect, record }) => {
      record(`the tail is ${expect.ok(await (await newStream()).checkTail()).seqNum}`)
    })
    expect(recording).toMatchObject({ altered: 3, noticed: 2, recorded: 1, survivors: [] })
  })

  test('that by chance may be told otherwise in one recording, it is tried in another', async () => {
    const first = `u${String(runs).padStart(7, '0')}`
    const lucky = await trial(async ({ newStream, newStreamName, expect }) => {
      const { end } = expect.ok(await (await newStream()).append(batch('a')))
      const isBlind = newStreamName().includes(first)
      expect.that(isBlind || end.seqNum === 1n, 'the number of the end', end.seqNum)
    })
    expect(lucky).toMatchObject({ altered: 4, noticed: 4, survivors: [] })
  })

  test('that asks on, the server is asked', async () => {
    const asking = await trial(async ({ newStream, expect }) => {
      const stream = await newStream()
      const { end } = expect.ok(await stream.append(batch('a', 'b')))
      expect.ok(await stream.read({ seqNum: end.seqNum - 1n, count: 1n }))
    })
    // A read from 2 on is refused, one from 0 on is not.
    expect(asking.live).toBe(2)
    expect(unnoticed(asking)).toEqual(['stream.append.value.end.seqNum -1'])
  })

  test('that waits for something, it is altered as long as it waits', async () => {
    const waiting = await trial(async ({ newStream, expect, eventually }) => {
      const stream = await newStream()
      expect.ok(await stream.append(batch('a')))
      await eventually('there is a record', 30, async () => {
        const { seqNum } = expect.ok(await stream.checkTail())
        return seqNum === 1n ? true : undefined
      })
    })
    expect(waiting).toMatchObject({ survivors: [], live: 0 })
  })

  test('what only says whether the evidence came is left as it is', async () => {
    const aside = await trial(async ({ newStream, expect }) => {
      const stream = await newStream()
      await evidence('it would come again', async () => expect.ok(await stream.checkTail()).seqNum)
    })
    expect(aside.altered).toBe(0)
  })

  test('that breaks when it is told otherwise, nothing is noticed', async () => {
    const brittle = await trial(async ({ newStream, expect }) => {
      const { value } = await (await newStream()).checkTail()
      if (value?.seqNum !== 0n) throw new Error('a mistake of our own')
      expect.that(true, 'a tail', value)
    })
    expect(unnoticed(brittle)).toEqual(['stream.checkTail.value.seqNum +1'])
  })

  test('that does not pass, nothing is tried', async () => {
    const wrong = await trial(async ({ newStream, expect }) => {
      expect.ok(await (await newStream()).checkTail(), 201)
    })
    expect(wrong.unfit).toMatch(/^fail: /)
  })

  test('what is allowed is told apart', async () => {
    const allowance: Allowance = { rows: 'TEST-*', place: '*.seqNum', alteration: '+1', why: 'so that it is' }
    const loose = await trial(
      async ({ newStream, expect }) =>
        expect.that(expect.ok(await (await newStream()).checkTail()).seqNum >= 0n, 'a number', undefined),
      [allowance],
    )
    expect(loose.survivors).toMatchObject([{ alteration: '+1', allowed: allowance }])
  })
})
