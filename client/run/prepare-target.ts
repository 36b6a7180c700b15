import { RunEnded } from '../../kit/run-ended.ts'
import { plain } from '../../kit/text/plain.ts'
import { basinPath } from '../../proto/http.ts'
import { stringifyJson } from '../../proto/json.ts'
import { discoverCapabilities } from '../capabilities.ts'
import { createAccountClient } from '../clients/account.ts'
import { createSendRaw } from '../clients/raw.ts'
import { type Connections, createExchange } from '../exchange.ts'
import { ConformanceFailure } from '../failures.ts'
import type { Inventory } from '../inventory.ts'
import type { Launcher } from '../launch/launcher.ts'
import type { SendRaw } from '../raw.ts'
import { recognise } from '../recognise.ts'
import { bytes } from '../records.ts'
import type { Redactor } from '../redact.ts'
import { TargetError } from '../target-error.ts'
import { createRecorder } from '../transcript.ts'
import { UnusableTargetError } from '../unusable-target.ts'
import { untilServed } from './eventually.ts'
import type { RunTarget } from './run-target.ts'

export interface PrepareParts {
  readonly connections: Connections
  readonly launcher: Launcher
  readonly inventory: Inventory
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
    if (error instanceof RunEnded)
      throw new RunEnded(error.message, parts.redactor.text(parts.connections.endpoints.label))
    // What a target says may repeat what it was told, and that is a secret.
    if (error instanceof UnusableTargetError)
      throw new UnusableTargetError(plain(parts.redactor.text(error.message)))
    if (!(error instanceof TargetError || error instanceof ConformanceFailure)) throw error
    throw new UnusableTargetError(
      plain(parts.redactor.text(`the target could not be made ready for the run: ${error.message}`)),
    )
  }
}

async function prepare(parts: PrepareParts): Promise<RunTarget> {
  const { connections, launcher, inventory, redactor, signal } = parts
  const recorder = createRecorder(redactor)
  const { server } = await recognise(connections, recorder, signal)
  const exchange = createExchange(connections, recorder, signal)
  const sharedBasin =
    connections.only?.name ?? (await makeBasin(connections, createSendRaw(exchange), inventory))
  if (connections.only !== undefined) await demandPlain(createSendRaw(exchange), sharedBasin)
  const account = createAccountClient({ exchange, inventory, sessionHttp: '1.1' })
  const basins = { existing: sharedBasin, spare: inventory.newBasinName(), eternal: inventory.newBasinName() }
  const { tookTime } = await untilServed(account.basin(sharedBasin), connections.clock, signal)
  const discovered = await discoverCapabilities(connections, launcher, basins, recorder, signal)
  // Where the basin has a host of its own, its creation must become known to more than one server.
  const basinsTakeTime = tookTime || !connections.endpoints.basinHeader
  return {
    connections,
    launcher,
    redactor,
    inventory,
    sharedBasin,
    ...discovered,
    server,
    basinsTakeTime,
  }
}

/** Makes the basin that the checks share. */
async function makeBasin({ endpoints }: Connections, send: SendRaw, inventory: Inventory): Promise<string> {
  const sharedBasin = inventory.newBasinName()
  const { status, error } = await send({
    method: 'POST',
    path: '/basins',
    body: bytes(stringifyJson({ basin: sharedBasin })),
  })
  if (status !== 201 && status !== 200) {
    const code = error?.code ?? 'without a code'
    throw new UnusableTargetError(
      `no basin could be created for the run: POST ${endpoints.account.prefix}/basins answered ${status} ${code}`,
    )
  }
  return sharedBasin
}

/**
 * Rows say what holds in a basin with no configuration of its own; in another one they would accuse a server of what its
 * owner has asked for. Where the configuration may not be read, that it is plain must be taken on trust.
 */
async function demandPlain(send: SendRaw, basin: string): Promise<void> {
  const { status, value } = await send({ method: 'GET', path: basinPath(basin) })
  if (status !== 200 || typeof value !== 'object' || value === null) return
  const set = Object.entries(value).filter(([, setting]) => !isUnset(setting))
  if (set.length === 0) return
  const named = set.map(([key]) => key).join(', ')
  throw new UnusableTargetError(
    `basin ${basin} sets ${named}, and rows are judged in a basin that sets nothing: give --basin another one`,
  )
}

/** An object that holds nothing but what is unset is unset. */
const isUnset = (setting: unknown): boolean =>
  setting === null ||
  setting === false ||
  (typeof setting === 'object' && Object.values(setting).every(isUnset))
