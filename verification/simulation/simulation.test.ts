import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PARTS } from '../parts.ts'
import { acknowledgesBeforeTheSync } from './bugs/early.ts'
import { bugs } from './bugs/index.ts'
import { FAULT_NAMES } from './faults.ts'
import { run } from './main.ts'
import { describeFailure } from './replay.ts'
import { type Outcome, simulate } from './simulate.ts'
import { add, EMPTY_TALLY, neverStruck } from './tally.ts'
import type { Judge } from './violation.ts'

const SEEDS = 2000
const MINUTES = 60_000

test(`of ${SEEDS} lives with every fault nothing is lost, torn, renumbered or told too early (DUR-001 to DUR-014)`, {
  timeout: 15 * MINUTES,
}, async () => {
  let tally = EMPTY_TALLY
  for (let seed = 1; seed <= SEEDS; seed++) tally = add(tally, await simulate({ seed }))
  expect(tally.failed.map((outcome) => describeFailure(outcome))).toEqual([])
  expect(neverStruck(tally)).toEqual([])
  const { acknowledged, refusals, overlaps, unknown, unknownKept } = tally.evidence
  expect(acknowledged).toBeGreaterThan(10 * SEEDS)
  expect(refusals).toBeGreaterThan(SEEDS)
  expect(overlaps).toBeGreaterThan(20 * SEEDS)
  expect(unknownKept).toBeGreaterThan(SEEDS / 10)
  expect(unknown - unknownKept).toBeGreaterThan(SEEDS / 10)
})

describe('a seed is a run', () => {
  test('the same one is the same to the last byte of its trace, and another is another', async () => {
    for (const seed of [1, 2, 3]) {
      const [one, other] = [await simulate({ seed, trace: true }), await simulate({ seed, trace: true })]
      expect(one.trace.length).toBeGreaterThan(100)
      expect(other.trace.join('\n')).toBe(one.trace.join('\n'))
      expect(other).toEqual(one)
    }
    expect((await simulate({ seed: 1 })).digest).not.toBe((await simulate({ seed: 2 })).digest)
  })

  test('keeping the trace changes nothing', async () => {
    const [kept, dropped] = [await simulate({ seed: 5, trace: true }), await simulate({ seed: 5 })]
    expect({ ...kept, trace: [] }).toEqual(dropped)
  })

  test('the command that a failure names replays it', async () => {
    const bug = acknowledgesBeforeTheSync
    const failed = await firstFailure((seed) => simulate({ seed, bug }))
    const told = describeFailure(failed ?? expect.fail('nothing was found'), { bug })
    const command = told.match(/again: npm run verify -- simulate (.*)$/m)?.[1] ?? expect.fail(told)
    const lines: string[] = []
    expect(await run(command.split(' '), (line) => lines.push(line))).toBe(1)
    expect(lines.join('\n')).toContain(told)
    expect(lines.length).toBeGreaterThan(failed?.events ?? 0)
  })
})

/** So many seeds a bug may hide from. */
const ENOUGH = 60

describe('a bug that is put back is found', () => {
  test.each(bugs.map((bug) => [bug.name, bug] as const))(
    '%s',
    { timeout: 5 * MINUTES },
    async (_name, bug) => {
      const failed = await firstFailure((seed) => simulate({ seed, bug }))
      expect(failed?.violations[0]?.judge, `in ${ENOUGH} seeds`).toBeDefined()
      const healthy = await simulate({ seed: failed?.seed ?? 0 })
      expect(healthy.violations).toEqual([])
    },
  )

  test('and so is a disk that lies, without which nothing here means anything', {
    timeout: 5 * MINUTES,
  }, async () => {
    // What such a disk loses may also be a basin, and then clients wait for ever.
    const failed = await firstFailure((seed) => simulate({ seed, lyingDisk: true }), 'history')
    expect(failed, `in ${ENOUGH} seeds`).toBeDefined()
  })
})

/** The first run that this judge, or any, finds fault with. */
async function firstFailure(
  simulated: (seed: number) => Promise<Outcome>,
  by?: Judge,
): Promise<Outcome | undefined> {
  for (let seed = 1; seed <= ENOUGH; seed++) {
    const outcome = await simulated(seed)
    if (outcome.violations.some(({ judge }) => by === undefined || judge === by)) return outcome
  }
  return undefined
}

describe('npm run verify -- simulate', () => {
  const command = async (...args: string[]): Promise<{ code: number; lines: string[] }> => {
    const lines: string[] = []
    return { code: await run(args, (line) => lines.push(line)), lines }
  }

  test('prints the receipts of every fault, and counts', async () => {
    const { code, lines } = await command('--seeds', '3', '--from', '7')
    expect(code).toBe(0)
    for (const name of FAULT_NAMES) expect(lines.join('\n')).toMatch(new RegExp(`^ +\\d+  ${name}$`, 'm'))
    expect(lines.at(-1)).toBe('3 passed, 0 failed')
  })

  test.each([
    [['--seeds', 'many'], 'simulate: --seeds is a whole number from 1 on, not "many"'],
    [['--seeds', '0'], 'simulate: --seeds is a whole number from 1 on, not "0"'],
    [['--bug', 'none'], /--bug is one of acknowledges-before-the-sync, .*, not "none"/],
    [['--seds', '1'], /^simulate: --seds is not an option of simulate: did you mean --seeds\? See --help$/],
  ])('refuses %j', async (args, message) => {
    const { code, lines } = await command(...args)
    expect(code).toBe(2)
    expect(lines.join('\n')).toMatch(message)
  })

  test('is a part of the verification, as a failure says', () => {
    const { file } = PARTS.find(({ name }) => name === 'simulate') ?? expect.fail('no such part')
    expect(resolve(import.meta.dirname, '../..', file)).toBe(resolve(import.meta.dirname, 'enter.ts'))
  })

  test('a set of seeds in which a fault never struck says nothing', () => {
    expect(neverStruck(EMPTY_TALLY)).toEqual(FAULT_NAMES)
  })
})
