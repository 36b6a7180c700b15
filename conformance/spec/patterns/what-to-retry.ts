import assert from 'node:assert/strict'
import { batch } from '../../../client/records.ts'
import { BASIN } from './basin.ts'
import type { Pattern } from './pattern.ts'
import { ACCESS, fillAccount, QUOTA } from './retry/access.ts'
import { CONNECTIONS } from './retry/connections.ts'
import { MALFORMED } from './retry/refusals.ts'
import { RESOURCES } from './retry/resources.ts'
import { type RetryRow, STREAM } from './retry/row.ts'
import { SERVER_ERRORS } from './retry/server-errors.ts'
import { SESSIONS } from './retry/sessions.ts'
import { accepted } from './run/answers.ts'

/** Every answer that can be retried or not, in the order of the table. */
export const RETRY_ROWS: readonly RetryRow[] = [
  ...MALFORMED,
  ...ACCESS,
  ...RESOURCES,
  ...SERVER_ERRORS,
  ...SESSIONS,
  ...CONNECTIONS,
]

/** Provokes each answer, repeats the request as the table advises, and counts what is stored. */
export const whatToRetry: Pattern = {
  slug: 'what-to-retry',
  needsFaults: false,
  options: { auth: { rootToken: 'root-token-of-the-patterns' }, limits: { basins: QUOTA } },
  async run(world) {
    await accepted(world.aside.basin(BASIN).createStream(STREAM))
    await accepted(world.aside.basin(BASIN).stream(STREAM).append(batch('order')))
    await fillAccount(world)
    const steps = Map.groupBy(RETRY_ROWS, ({ step }) => step)
    for (const [number, rows] of steps) {
      world.step(number)
      for (const { label, show, needs } of rows) {
        if (typeof show !== 'function' || (needs !== undefined && !world.hasFaults)) continue
        world.label(label)
        await show(world)
      }
    }
    if (world.hasFaults) assert.deepEqual(world.faults.planned(), [])
  },
}
