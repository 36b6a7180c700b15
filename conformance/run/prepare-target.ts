import { stringifyJson } from '../../proto/json.ts'
import { ConformanceFailure } from '../failures.ts'
import { bytes } from '../records.ts'
import { discoverCapabilities } from '../target/capabilities.ts'
import { createAccountClient } from '../target/clients/account.ts'
import { createSendRaw } from '../target/clients/raw.ts'
import { type Connections, createExchange } from '../target/exchange.ts'
import type { Launcher } from '../target/launch/launcher.ts'
import type { Ledger } from '../target/ledger.ts'
import { recognise } from '../target/recognise.ts'
import type { Redactor } from '../target/redact.ts'
import { TargetError } from '../target/target-error.ts'
import { createRecorder } from '../target/transcript.ts'
import { UnusableTargetError } from '../target/unusable-target.ts'
import { untilServed } from './create-context.ts'
import type { RunTarget } from './run-target.ts'

export interface PrepareParts {
  readonly connections: Connections
  readonly launcher: Launcher
  readonly ledger: Ledger
  readonly redactor: Redactor
  readonly signal: AbortSignal
}

/**
 * Recognises the target, makes the shared basin and finds out what can be asked. Throws `UnusableTargetError`, or
 * `Interrupted`.
 */
export async function prepareTarget(parts: PrepareParts): Promise<RunTarget> {
  try {
    return await prepare(parts)
  } catch (error) {
    if (!(error instanceof TargetError || error instanceof ConformanceFailure)) throw error
    throw new UnusableTargetError(
      parts.redactor.text(`the target could not be made ready for the run: ${error.message}`),
    )
  }
}

async function prepare(parts: PrepareParts): Promise<RunTarget> {
  const { connections, launcher, ledger, redactor, signal } = parts
  const recorder = createRecorder(redactor)
  const { server } = await recognise(connections, recorder, signal)
  const sharedBasin = ledger.newBasinName()
  const exchange = createExchange(connections, recorder, signal)
  const { status, error } = await createSendRaw(exchange)({
    method: 'POST',
    path: '/basins',
    body: bytes(stringifyJson({ basin: sharedBasin })),
  })
  if (status !== 201 && status !== 200) {
    const code = error?.code ?? 'without a code'
    throw new UnusableTargetError(
      `no basin could be created for the run: POST ${connections.endpoints.account.prefix}/basins answered ${status} ${code}`,
    )
  }
  const account = createAccountClient({ exchange, ledger, sessionHttp: '1.1' })
  const basins = { existing: sharedBasin, spare: ledger.newBasinName(), eternal: ledger.newBasinName() }
  const { tookTime } = await untilServed(account.basin(sharedBasin), connections.clock, signal)
  const discovered = await discoverCapabilities(connections, launcher, basins, recorder, signal)
  // Where the basin has a host of its own, its creation must become known to more than one server.
  const basinsTakeTime = tookTime || !connections.endpoints.basinHeader
  return {
    connections,
    launcher,
    redactor,
    ledger,
    sharedBasin,
    ...discovered,
    server,
    basinsTakeTime,
  }
}
