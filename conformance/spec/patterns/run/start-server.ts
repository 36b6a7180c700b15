import { fakeClock, startReferenceServer } from '../../../../reference-server/index.ts'
import type { Pattern } from '../pattern.ts'
import type { PatternServer } from './pattern-server.ts'

/** 2026-01-01T00:00:00Z. */
const START = 1_767_225_600_000n

/** Starts a fresh reference server, whose clock moves only with the requests. */
export async function startPatternServer({
  options = {},
}: Pick<Pattern, 'options'>): Promise<PatternServer & AsyncDisposable> {
  const clock = fakeClock(START)
  const server = await startReferenceServer({ ...options, clock })
  return {
    url: server.url,
    token: options.auth?.rootToken,
    faults: server.faults,
    pass: (milliseconds) => clock.advance(milliseconds),
    [Symbol.asyncDispose]: () => server.close(),
  }
}
