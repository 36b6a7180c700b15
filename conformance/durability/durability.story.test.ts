import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createProcessLauncher } from '../../client/launch/process.ts'
import { whyNoStrace } from '../../client/power/strace.ts'
import { realClock } from '../../kit/clock.ts'
import { shellQuote } from '../../kit/text/shell-word.ts'
import type { RequirementResult } from '../../reports/result.ts'
import type { Requirement } from '../check/requirement.ts'
import { survivesPauses } from '../requirements/DUR/crash.ts'
import { requirementOf } from '../requirements/index.ts'
import { runSuite } from '../run/run-suite.ts'

const careless = (how: string): string =>
  `${shellQuote(process.execPath)} ${shellQuote(resolve(import.meta.dirname, '../../verification/durability-servers/careless-server.ts'))} {port} {data_dir} ${how}`

const healthy = `${shellQuote(process.execPath)} ${shellQuote(
  resolve(import.meta.dirname, '../../bin/s2-reference-server.js'),
)} --port {port} --data-dir {data_dir}`

async function judge(command: string, requirement: Requirement): Promise<RequirementResult | undefined> {
  const launcher = await createProcessLauncher({ command, env: process.env, readySeconds: 60 })
  try {
    await launcher.start(new AbortController().signal)
    const { results } = await runSuite(
      {
        selection: { selected: [requirement], unselected: [] },
        expectations: { entries: [] },
        profile: 'core',
        token: undefined,
        seed: 1,
        concurrency: 1,
        firstTransportOnly: false,
        thorough: false,
        runId: 'durability',
        targetOptions: '',
        version: '0',
      },
      {
        launcher,
        clock: realClock,
        started: new Date(),
        interrupted: new AbortController().signal,
        events: { onTarget: () => {}, onStart: () => {}, onResult: () => {} },
        keep: (name) => Promise.resolve(name),
      },
    )
    return results[0]
  } finally {
    await launcher.kill()
    await launcher.dispose()
  }
}

describe('what a kill shows', () => {
  test('a server that stands still for longer than its clients wait loses nothing and doubles nothing', async () => {
    expect(await judge(healthy, { ...requirementOf('DUR-003'), ...survivesPauses(2) })).toMatchObject({
      verdict: 'pass',
    })
  })

  test.each([
    ['that acknowledges before it writes', 'later', requirementOf('DUR-003')],
    ['whose tail goes back', 'later', requirementOf('DUR-004')],
    ['whose numbers are used again', 'later', requirementOf('DUR-011')],
  ])('a server %s is found out', async (_what, how, requirement) => {
    expect(await judge(careless(how), requirement)).toMatchObject({ verdict: 'fail' })
  })
})

const onBucket = (how: string): string =>
  `${shellQuote(process.execPath)} ${shellQuote(resolve(import.meta.dirname, '../../verification/durability-servers/bucket-server.ts'))} {port} {bucket} ${how}`

describe('what a bucket that can be stalled shows', () => {
  test.each([
    ['tells nothing that is not stored', requirementOf('DUR-006')],
    ['acknowledges no sooner than it is stored', requirementOf('DUR-007')],
    ['gives way to the one after it', requirementOf('DUR-008')],
    ['says that it has given way', requirementOf('CP-LITE-006')],
  ])('a careful server %s', async (_what, requirement) => {
    expect(await judge(onBucket('careful'), requirement)).toMatchObject({ verdict: 'pass' })
  })

  test.each([
    ['that tells what is not stored', 'later', requirementOf('DUR-006')],
    ['that acknowledges sooner', 'later', requirementOf('DUR-007')],
    ['that takes itself for the only one', 'alone', requirementOf('DUR-008')],
    ['that does not see that it is no longer the only one', 'alone', requirementOf('CP-LITE-006')],
  ])('a server %s is found out', async (_what, how, requirement) => {
    expect(await judge(onBucket(how), requirement)).toMatchObject({ verdict: 'fail' })
  })
})

const noStrace = whyNoStrace()

describe.skipIf(noStrace !== undefined)(
  `a server whose power goes${noStrace === undefined ? '' : ` (skipped: ${noStrace})`}`,
  () => {
    test('has synced what it acknowledged', async () => {
      const result = await judge(healthy, requirementOf('DUR-001'))
      expect(result).toMatchObject({ verdict: 'pass' })
      expect(result?.observations.at(-1)).toMatch(/^by the letter of fsync\(2\): .* all there$/)
    })

    test('and one that writes without a sync is found out', async () => {
      expect(await judge(careless('unsynced'), requirementOf('DUR-001'))).toMatchObject({ verdict: 'fail' })
    })
  },
)
