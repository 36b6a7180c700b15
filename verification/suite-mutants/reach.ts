import { singleEndpoint } from '../../client/endpoints.ts'
import { attach } from '../../client/launch/attached.ts'
import type { Requirement } from '../../conformance/check/requirement.ts'
import { runPool } from '../../kit/pool.ts'
import type { Defect } from './defect.ts'
import { serve } from './server.ts'
import { createShadows } from './shadow.ts'
import { realTime } from './shared-clock.ts'
import { judge, type Trial } from './trial.ts'

/** Which requirements a defect can be seen by: while the others are checked, its server does what the healthy one does. */
export interface Reach {
  /** Of the healthy server, on which it was found out. */
  readonly healthy: Trial
  of(defect: Defect): readonly string[]
}

interface Row {
  readonly fired: ReadonlySet<string>
  readonly called: ReadonlySet<string>
}

/** Rows under way at a time, each by itself on a server of its own. */
const WIDTH = 4

export async function findReach(
  defects: readonly Defect[],
  requirements: readonly Requirement[],
  onRow: (done: number) => void = () => {},
): Promise<Reach> {
  const rows = new Map<string, Row>()
  const results: Trial['results'][number][] = []
  await runPool(requirements, WIDTH, new AbortController().signal, async (requirement) => {
    const shadows = createShadows(defects)
    const server = await serve(shadows.follow)
    try {
      const found = await judge([requirement], attach(singleEndpoint(server.url)), realTime.checks, {
        // What it takes to get there, and to clean up, is the same for all rows.
        onTarget: shadows.reset,
        onResult: ({ id }) =>
          void rows.set(id, { fired: new Set(shadows.fired), called: new Set(shadows.called) }),
      })
      results.push(...found)
      onRow(results.length)
    } finally {
      await server.stop()
    }
  })
  const ids = (kind: keyof Row, name: string): readonly string[] =>
    requirements.map(({ id }) => id).filter((id) => rows.get(id)?.[kind].has(name))
  return {
    healthy: { results, firings: 0 },
    of({ name, kills }) {
      const fired = ids('fired', name)
      // One that goes by what it has done before may do nothing as a shadow: then it counts wherever it is called.
      const isBlind = kills.some((id) => rows.has(id) && !fired.includes(id))
      return isBlind || fired.length === 0 ? ids('called', name) : fired
    },
  }
}
