import { expect, test } from 'vitest'
import { singleEndpoint } from '../../../client/endpoints.ts'
import { attach } from '../../../client/launch/attached.ts'
import { realClock } from '../../../kit/clock.ts'
import { startServer } from '../../../verification/suite-mutants/server.ts'
import type { Requirement } from '../../check/requirement.ts'
import { runSuite } from '../../run/run-suite.ts'
import { requirementOf } from '../index.ts'

const tokenIds = requirementOf('CP-TOK-002')

/** The same check in a run that has made up so many ids before. */
const after = (count: number): Requirement => ({
  ...tokenIds,
  check(context) {
    context.newTokenIds(...Array.from({ length: count }, (_, index) => `-${index}`))
    return tokenIds.check(context)
  },
})

test.each([0, 6, 8, 97])(
  'after %d ids of a run, no id is left that could not be a token’s',
  async (count) => {
    const server = await startServer()
    try {
      const { results, notes } = await runSuite(
        {
          selection: { selected: [after(count)], unselected: [] },
          expectations: { entries: [] },
          profile: 'core',
          token: undefined,
          seed: 1,
          concurrency: 1,
          firstTransportOnly: false,
          thorough: false,
          runId: 'tokenids',
          targetOptions: `--endpoint ${server.url}`,
          version: '0',
        },
        {
          launcher: attach(singleEndpoint(server.url)),
          clock: realClock,
          started: new Date(),
          interrupted: new AbortController().signal,
          events: { onTarget: () => {}, onStart: () => {}, onResult: () => {} },
          keep: (name) => Promise.resolve(name),
        },
      )
      expect(results).toMatchObject([{ id: 'CP-TOK-002', verdict: 'pass' }])
      expect(notes).toEqual([])
    } finally {
      await server.stop()
    }
  },
)
