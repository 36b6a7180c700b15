import { describe, expect, test } from 'vitest'
import type { EngineParts } from '../../load/run/engine/engine-parts.ts'
import { InFlight } from '../../load/run/engine/in-flight.ts'
import type { Lane } from '../../load/run/engine/lane.ts'
import type { Append, Ending } from '../../load/transport/appender.ts'
import { BatchEncoder } from '../../load/transport/batch-encoder.ts'
import { createFiller } from '../../load/verify/filler.ts'
import { StreamVerifier } from '../../load/verify/stream-verifier.ts'
import { Violations } from '../../load/verify/violation.ts'
import { besideStall, isWithin } from '../benchmarks/load/truth-compare.ts'
import { type Simulated, simulate } from './testing/simulate.ts'

/** Measuring is broken here on purpose: what follows must notice it each time. */
const LOAD: Simulated = {
  perSecond: 1000,
  seconds: 20,
  delayUs: 200,
  stall: { fromUs: 8_000_000, lengthUs: 1_000_000 },
}
/** No more than so many appends under way, which is where some generators begin to omit. */
const FEW_UNDER_WAY = { 'in-flight': 10 * 64 }

async function isTrue(given: Simulated): Promise<readonly boolean[]> {
  const { response } = await simulate(given)
  const { seconds, delayUs, stall } = given
  return besideStall(response, { seconds, delayUs, stallUs: stall.lengthUs }).map(isWithin)
}

describe('a generator that is whole', () => {
  test('tells the truth with room for all, and says so', async () => {
    expect(await isTrue(LOAD)).toEqual([true, true, true, true])
    const { judged, count } = await simulate(LOAD)
    expect(judged).toEqual({ verdict: 'VALID', reasons: [] })
    expect(count).toBe(20_000)
  })

  test('counts from the plan with room for few too, and says that the target was not sent what was planned', async () => {
    const given = { ...LOAD, workload: FEW_UNDER_WAY }
    expect(await isTrue(given)).toEqual([true, true, true, true])
    const { judged, count } = await simulate(given)
    expect(judged.verdict).toBe('SUSPECT')
    expect(judged.reasons).toEqual([expect.stringContaining('give more --in-flight')])
    expect(count).toBe(20_000)
  })
})

/** Latency from the moment of sending: what could not be sent while the target stood still is not missed. */
class Omitting extends InFlight {
  readonly #parts: EngineParts

  constructor(...given: ConstructorParameters<typeof InFlight>) {
    super(...given)
    this.#parts = given[0]
  }

  override begin(lane: Lane, _intendedUs: number): void {
    super.begin(lane, this.#parts.wiring.now())
  }
}

test('coordinated omission is seen beside the truth', async () => {
  const createInFlight: Simulated['createInFlight'] = (...given) => new Omitting(...given)
  expect(await isTrue({ ...LOAD, workload: FEW_UNDER_WAY, createInFlight })).toEqual([
    true,
    true,
    false,
    false,
  ])
})

/** What did not end well, or took long, is none of its business. */
class Hushing extends InFlight {
  override ended(lane: Lane, append: Append, ending: Ending, timeUs: number): boolean {
    if (ending.kind !== 'acked' || timeUs - append.intendedUs > 100_000) return true
    return super.ended(lane, append, ending, timeUs)
  }
}

/** Counts everything, and writes down what is fast. */
const flattering: Simulated['createInFlight'] = (parts, nextShape) => {
  const { response } = parts.wiring.board.timed
  const record = response.record.bind(response)
  response.record = (us) => {
    if (us < 100_000) record(us)
  }
  return new InFlight(parts, nextShape)
}

const failsNowAndThen = (index: number): Ending =>
  index % 100 === 0
    ? { kind: 'unknown', why: '500 storage' }
    : { kind: 'acked', start: index, end: index + 1 }

describe('an operation that is left out', () => {
  test.each<[string, Simulated, string, string]>([
    [
      'because it took long',
      { ...LOAD, createInFlight: (...given) => new Hushing(...given) },
      'SUSPECT',
      'appends had not ended',
    ],
    [
      'because it failed',
      {
        ...LOAD,
        stall: { fromUs: 0, lengthUs: 0 },
        endingOf: failsNowAndThen,
        createInFlight: (...given) => new Hushing(...given),
      },
      'SUSPECT',
      '200 appends had not ended',
    ],
    ['of a histogram alone', { ...LOAD, createInFlight: flattering }, 'INVALID', 'the generator lost them'],
  ])('%s is missed by the verdict', async (_what, given, verdict, reason) => {
    const { judged } = await simulate(given)
    expect(judged.verdict).toBe(verdict)
    expect(judged.reasons.join()).toContain(reason)
  })

  test('is none where it never began, because nothing before it ended', async () => {
    const { judged, count, response } = await simulate({ ...LOAD, isMute: true, workload: FEW_UNDER_WAY })
    expect(count).toBe(20_000)
    expect(judged.reasons.join()).toContain('20000 appends had not ended')
    // Each has waited from its moment to the end of the plan.
    expect(Math.round(response(0.5) / 1e6)).toBe(10)
  })

  test('is none where what failed is counted beside the times, which are those of acknowledged appends', async () => {
    const { judged, count } = await simulate({ ...LOAD, endingOf: failsNowAndThen })
    expect(count).toBe(19_800)
    expect(judged.reasons).toEqual([expect.stringContaining('200 indeterminate appends')])
  })
})

describe('a generator that gets a processor only now and then', () => {
  test.each([3000, 30_000, 300_000])('every %i us is no more called valid', async (everyUs) => {
    const { judged } = await simulate({ ...LOAD, everyUs })
    expect(judged.verdict).not.toBe('VALID')
    expect(judged.reasons.join()).toContain('behind the plan')
  })

  test.each([50, 200, 400, 700, 1500, 5000])(
    'every %i us tells the truth or says that it may not',
    async (everyUs) => {
      const isWhole = (await isTrue({ ...LOAD, everyUs })).every((each) => each)
      const { judged } = await simulate({ ...LOAD, everyUs })
      expect(isWhole || judged.verdict !== 'VALID').toBe(true)
    },
  )
})

test('a record that differs in any one bit is none of this run', () => {
  const [tag, writer, bytes] = [77, 1, 64]
  const filler = createFiller(1, bytes, 0)
  const encoded = new BatchEncoder({ tag, filler, headers: [] }).encode([bytes], writer, 0, 1000)
  const seen = (): number => {
    const violations = new Violations()
    const verifier = new StreamVerifier({ stream: 's', tag, filler, violations, start: 0 })
    verifier.see(0, 5, encoded, encoded.length - bytes, encoded.length)
    return violations.count + (verifier.writers.has(writer) ? 0 : 1)
  }
  expect(seen()).toBe(0)
  for (let bit = 0; bit < 8 * bytes; bit++) {
    const at = encoded.length - bytes + (bit >> 3)
    const changed = 1 << (bit & 7)
    encoded[at] = (encoded[at] ?? 0) ^ changed
    expect(seen(), `bit ${bit}`).toBeGreaterThan(0)
    encoded[at] = (encoded[at] ?? 0) ^ changed
  }
})
