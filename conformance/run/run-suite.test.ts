import { afterEach, beforeEach, expect, test } from 'vitest'
import { singleEndpoint } from '../../client/endpoints.ts'
import { attach } from '../../client/launch/attached.ts'
import { type Handler, startStub } from '../../client/testing/stub-server.ts'
import { realClock } from '../../kit/clock.ts'
import type { RunResult } from '../../reports/result.ts'
import type { Requirement } from '../check/requirement.ts'
import { testRequirement } from '../testing/check-parts.ts'
import { runSuite } from './run-suite.ts'

const serving: Handler = ({ method }) => {
  if (method === 'POST') return { status: 201, body: '{"name":"x","created_at":"2026-01-01T00:00:00Z"}' }
  if (method === 'DELETE') return { status: 202 }
  return { body: '{"basins":[],"streams":[],"has_more":false}' }
}

async function judge(requirement: Requirement, handler = serving): Promise<RunResult> {
  const stub = await startStub(handler)
  try {
    return await runSuite(
      {
        selection: { selected: [requirement], unselected: [] },
        expectations: { entries: [] },
        profile: 'core',
        token: undefined,
        seed: 1,
        concurrency: 1,
        firstTransportOnly: false,
        thorough: false,
        runId: 'suitetest',
        targetOptions: `--endpoint ${stub.origin}`,
        version: '0',
      },
      {
        launcher: attach(singleEndpoint(stub.origin)),
        clock: realClock,
        started: new Date(),
        interrupted: new AbortController().signal,
        events: { onTarget: () => {}, onStart: () => {}, onResult: () => {} },
        keep: (name) => Promise.resolve(name),
      },
    )
  } finally {
    await stub.close()
  }
}

// The test runner listens as well, and counts what it hears as a failure of the test.
let others: NodeJS.UnhandledRejectionListener[] = []
beforeEach(() => {
  others = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
})
afterEach(() => {
  for (const listener of others) process.on('unhandledRejection', listener)
})

test('a promise that a check left behind is a note, and the run is not conformant', async () => {
  const result = await judge(
    testRequirement(async () => {
      setImmediate(() => void Promise.reject(new Error('nobody waits for this')))
    }),
  )
  expect(result.results).toMatchObject([{ verdict: 'pass' }])
  expect(result.notes).toEqual([expect.stringContaining('nobody waits for this')])
  expect(result.outcome).toBe('inconclusive')
  expect(process.listenerCount('unhandledRejection')).toBe(0)
})

test.each([
  ['cut', 'the target could not be made ready for the run: '],
  [{ status: 201, body: 'no JSON' }, 'the target could not be made ready for the run: '],
] as const)('a target whose answer to the first basin is %o is unusable', async (answer, sentence) => {
  const handler: Handler = (request) => (request.method === 'POST' ? answer : serving(request))
  const lists: Handler = (request) =>
    request.path.includes('/streams') ? { body: 'no JSON' } : handler(request)
  const judging = judge(
    testRequirement(() => Promise.resolve()),
    lists,
  )
  await expect(judging).rejects.toMatchObject({
    name: 'UnusableTargetError',
    message: expect.stringContaining(sentence),
  })
})
