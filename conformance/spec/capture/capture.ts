import { newRunId } from '../../../client/command/run-id.ts'
import type { Connections } from '../../../client/exchange.ts'
import type { Launcher } from '../../../client/launch/launcher.ts'
import { createProcessLauncher } from '../../../client/launch/process.ts'
import type { Transport } from '../../../client/transport.ts'
import { recordWire } from '../../../client/wire/record-wire.ts'
import type { RecordedExchange } from '../../../client/wire/recorded-exchange.ts'
import { realClock } from '../../../kit/clock.ts'
import { VERSION } from '../../../kit/version.ts'
import type { Requirement } from '../../check/requirement.ts'
import { requirements } from '../../requirements/index.ts'
import { runSuite } from '../../run/run-suite.ts'
import { type Profile, select } from '../../run/selection.ts'
import { condense } from './condense.ts'
import type { Example } from './example.ts'
import { exchangesOf } from './example-of.ts'
import { createStableValues } from './stable-values.ts'

/** A server whose answers are captured, and the requirements that it shows. */
export interface Source {
  readonly command: string
  readonly profile: Profile
  /** Sent as bearer token. */
  readonly token?: string
  /** Ids or globs of requirements; none means all of the profile. */
  readonly only: readonly string[]
}

export interface CaptureOptions {
  readonly interrupted: AbortSignal
  readonly onProgress: (done: number, total: number) => void
  /** Returns the exchanges of failed checks too. Absent: a failed check throws. */
  readonly showFailed?: boolean
}

/** What was recorded of one check, and when it began and ended. */
interface Recorded {
  readonly id: string
  readonly transport: Transport
  readonly exchanges: RecordedExchange[]
  readonly from: bigint
}

/**
 * Runs the suite against a server that it starts, and returns the exchanges of each check that is an example. Throws
 * where a check does not pass: an example shows a requirement being met.
 */
export async function capture(source: Source, options: CaptureOptions): Promise<readonly Example[]> {
  const launcher = await createProcessLauncher({ command: source.command, env: process.env })
  try {
    await launcher.start(options.interrupted)
    return await captureFrom(launcher, source, options)
  } finally {
    await launcher.dispose()
  }
}

async function captureFrom(
  launcher: Launcher,
  { profile, token, only }: Source,
  { interrupted, onProgress, showFailed = false }: CaptureOptions,
): Promise<readonly Example[]> {
  const runId = newRunId()
  const began = BigInt(Date.now())
  const recorded: Recorded[] = []
  let basin = ''
  let total = 0
  let done = 0
  const result = await runSuite(
    {
      token,
      runId,
      selection: select(requirements, { profile, only, time: 'default' }),
      expectations: { entries: [] },
      profile,
      seed: 1,
      concurrency: 4,
      firstTransportOnly: false,
      thorough: false,
      version: VERSION,
      connectionsOf({ requirement, transport }, connections) {
        const exchanges: RecordedExchange[] = []
        if (!isExample(requirement, transport)) return connections
        recorded.push({ id: requirement.id, transport, exchanges, from: BigInt(Date.now()) })
        return recordedBy(connections, exchanges)
      },
    },
    {
      launcher,
      clock: realClock,
      started: new Date(),
      interrupted,
      events: {
        onTarget(target, count) {
          basin = target.sharedBasin
          total = count
        },
        onStart: () => {},
        onResult: () => onProgress(++done, total),
      },
      keep: (name) => Promise.resolve(name),
    },
  )
  const failed = result.results.filter(({ verdict }) => verdict === 'fail' || verdict === 'error')
  if (failed.length > 0 && !showFailed) {
    throw new Error(`no examples: ${failed.map(({ id }) => id).join(', ')} did not pass`)
  }
  const passed = result.results.filter(({ verdict }) => verdict === 'pass')
  const shown = new Set([...passed, ...failed].map(({ id }) => id))
  const host = new URL(launcher.endpoints.label).host
  const to = BigInt(Date.now())
  const examples: Example[] = []
  for (const { id, transport, exchanges, from } of recorded) {
    if (!shown.has(id) || exchanges.length === 0) continue
    const stable = createStableValues({ namePrefix: `s2c-${runId}-`, basin, host, began, from, to })
    examples.push({ id, transport, exchanges: condense(await exchangesOf(exchanges, stable)) })
  }
  return examples.toSorted(inOrder)
}

const inOrder = (one: Example, other: Example): number =>
  one.id < other.id ? -1 : one.id > other.id ? 1 : one.transport < other.transport ? -1 : 1

/** The first transport, and sessions: the other encodings of the same body show nothing more. */
function isExample({ on = ['json'] }: Requirement, transport: Transport): boolean {
  return transport === on[0] || transport === 's2s' || transport === 'sse'
}

const recordedBy = (connections: Connections, exchanges: RecordedExchange[]): Connections => ({
  ...connections,
  http1: recordWire(connections.http1, exchanges, realClock.now),
  http2: recordWire(connections.http2, exchanges, realClock.now),
})
