import { describe, expect, onTestFinished, test } from 'vitest'
import type { RunTarget } from '../../client/run/run-target.ts'
import { startStub } from '../../client/testing/stub-server.ts'
import { realClock } from '../../kit/clock.ts'
import type { Requirement } from '../check/requirement.ts'
import { type TargetOptions, testContext, testRequirement, testTarget } from '../testing/check-parts.ts'
import { type CheckResult, runCheck } from './run-check.ts'

/** A target that answers everything like this. */
async function targetThat(
  answers: Parameters<typeof startStub>[0],
  options: TargetOptions = {},
): Promise<RunTarget> {
  const stub = await startStub(answers)
  const target = testTarget(stub.origin, options)
  onTestFinished(async () => {
    await target.close()
    await stub.close()
  })
  return target
}

const judged = (target: RunTarget, requirement: Requirement): Promise<CheckResult> =>
  runCheck(
    target,
    { requirement, transport: 'json' },
    {
      clock: realClock,
      seed: 1,
      profile: 'core',
      thorough: false,
      signal: new AbortController().signal,
    },
  )

describe('a check that looks at nothing', () => {
  const created = { status: 201, body: '{"name":"s","created_at":"2026-01-01T00:00:00Z"}' }

  test('is an error', async () => {
    const target = await targetThat(() => created)
    const result = await judged(target, { ...testRequirement(async () => {}), check: async () => {} })
    expect(result).toMatchObject({ verdict: 'error', reason: 'the check looked at nothing' })
  })

  test('also when it made a stream', async () => {
    const target = await targetThat(() => created)
    const check: Requirement['check'] = async ({ newStream }) => void (await newStream())
    const result = await judged(target, { ...testRequirement(check), check })
    expect(result).toMatchObject({ verdict: 'error', reason: 'the check looked at nothing' })
  })
})

describe('where the launcher has no switch for storage', () => {
  const target = () => targetThat(() => ({ status: 404, body: '' }))

  test('a context can be copied', async () => {
    const { context } = testContext(await target())
    expect(Object.keys({ ...context })).toContain('storage')
  })

  test('a check that uses the switch is an error', async () => {
    const result = await judged(
      await target(),
      testRequirement(async ({ storage }) => storage.set({ mode: 'held' })),
    )
    expect(result).toMatchObject({
      verdict: 'error',
      reason: expect.stringContaining('a check that does not need `storage` used it'),
    })
  })
})

describe('a check that takes too long', () => {
  test('is inconclusive where the target owes no answer', async () => {
    const target = await targetThat(() => ({ status: 404, body: '' }))
    const requirement = testRequirement(({ sleep }) => sleep(60_000), { patience: 0.05 })
    expect(await judged(target, requirement)).toMatchObject({
      verdict: 'inconclusive',
      reason: 'the check was not done after 0.05 s, and the target owed it no answer',
    })
  })

  test('is the target’s fault where that left a request without an answer', async () => {
    const target = await targetThat(() => 'silent', { requestSeconds: 30 })
    const requirement = testRequirement(async ({ account }) => void (await account.listBasins()), {
      patience: 3.3,
    })
    expect(await judged(target, requirement)).toMatchObject({
      verdict: 'fail',
      reason: expect.stringContaining('GET'),
    })
  })
})
