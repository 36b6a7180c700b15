import { randomInt } from 'node:crypto'
import type { Io } from '../cli/command.ts'
import { realClock } from '../clock.ts'
import { cleanUp } from '../run/clean-up.ts'
import { Interrupted } from '../run/judge.ts'
import { prepareTarget } from '../run/prepare-target.ts'
import type { RunTarget } from '../run/run-target.ts'
import type { Connections } from '../target/exchange.ts'
import { faultyWiresBy } from '../target/faults/faulty-wires.ts'
import { createLedger } from '../target/ledger.ts'
import { createRedactor } from '../target/redact.ts'
import { createHttp1 } from '../target/wire/http1.ts'
import { createHttp2 } from '../target/wire/http2.ts'
import type { TargetPlan } from './run-target-options.ts'

export interface Used<T> {
  readonly recorded: T
  /** What else happened: clean-up that did not work, a target that died. */
  readonly notes: readonly string[]
  readonly label: string
}

const REQUEST_SECONDS = 20

/** Brings a target up, has it used, deletes what was made on it and takes it down again, whatever happens in between. */
export async function withTarget<T>(
  plan: TargetPlan,
  token: string | undefined,
  io: Io,
  use: (target: RunTarget) => Promise<T>,
): Promise<Used<T>> {
  const launcher = await plan.createLauncher(io.env)
  const redactor = createRedactor([token])
  const ledger = createLedger(runId())
  const connections: Connections = {
    endpoints: launcher.endpoints,
    token,
    http1: createHttp1(),
    http2: createHttp2(),
    faulty: faultyWiresBy(),
    requestSeconds: REQUEST_SECONDS,
    clock: realClock,
  }
  const notes: string[] = []
  try {
    await launcher.start(io.interrupted).catch((error: unknown) => {
      throw io.interrupted.aborted ? new Interrupted() : error
    })
    try {
      const signal = new AbortController().signal
      const target = await prepareTarget({
        connections,
        launcher,
        ledger,
        redactor,
        signal,
      })
      const recorded = await use(target)
      if (launcher.death !== undefined) notes.push(redactor.text(`the target died: ${launcher.death}`))
      return { recorded, notes, label: connections.endpoints.label }
    } finally {
      notes.push(...(await cleanUp(connections, ledger, redactor)))
    }
  } finally {
    await Promise.all([connections.http1.close(), connections.http2.close()])
    await launcher.dispose().catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error)
      io.err(`s2-conformance: the target could not be taken down: ${why}\n`)
    })
  }
}

const CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'
const runId = (): string =>
  Array.from({ length: 10 }, () => CHARACTERS[randomInt(CHARACTERS.length)]).join('')
