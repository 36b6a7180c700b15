import { isRefusal, type Refusal } from '../semantics/refusal.ts'
import type { BasinOperation, StreamOperation } from '../semantics/resources/existence.ts'
import type { BasinName } from '../semantics/resources/names.ts'
import type { Rules } from '../semantics/rules.ts'
import type { Backend, StreamAddress } from './backend.ts'
import type { BasinCatalog } from './basin-catalog.ts'

/**
 * The backend as it is while basins may not be served yet: which operations on a basin or in it wait for that, and for how
 * long, the rules say. What is asked of the account, as to list basins, goes on, and so do metrics (CP-BAS-045).
 */
export function behindSetup(
  backend: Backend,
  basins: Pick<BasinCatalog, 'checkSetup'>,
  rules: Pick<Rules, 'decideEnsureBasin'>,
): Backend {
  const onBasin =
    <Args extends readonly unknown[], Outcome>(
      operation: BasinOperation,
      ask: (basin: BasinName, ...args: Args) => Promise<Outcome>,
    ) =>
    async (basin: BasinName, ...args: Args): Promise<Outcome | Refusal> =>
      basins.checkSetup(operation, basin) ?? (await ask(basin, ...args))
  const inBasin =
    <Args extends readonly unknown[], Outcome>(
      operation: StreamOperation,
      ask: (address: StreamAddress, ...args: Args) => Promise<Outcome>,
    ) =>
    async (address: StreamAddress, ...args: Args): Promise<Outcome | Refusal> =>
      basins.checkSetup(operation, address.basin) ?? (await ask(address, ...args))
  return {
    ...backend,
    createBasin: onBasin('create-basin', backend.createBasin),
    getBasinConfig: onBasin('get-basin-config', backend.getBasinConfig),
    reconfigureBasin: onBasin('reconfigure-basin', backend.reconfigureBasin),
    deleteBasin: onBasin('delete-basin', backend.deleteBasin),
    listStreams: onBasin('list-streams', backend.listStreams),
    createStream: inBasin('create-stream', backend.createStream),
    ensureStream: inBasin('ensure-stream', backend.ensureStream),
    getStreamConfig: inBasin('get-stream-config', backend.getStreamConfig),
    reconfigureStream: inBasin('reconfigure-stream', backend.reconfigureStream),
    deleteStream: inBasin('delete-stream', backend.deleteStream),
    append: inBasin('append', backend.append),
    openAppendSession: inBasin('append', backend.openAppendSession),
    checkTail: inBasin('check-tail', backend.checkTail),
    openRead: inBasin('read', backend.openRead),
    async ensureBasin(name, config, location) {
      const refusal = basins.checkSetup('reconfigure-basin', name)
      // Nothing changes the config while it is set up, so what is compared here is what would be replaced.
      const stored = refusal && (await backend.getBasinConfig(name))
      const isSame =
        stored === undefined || isRefusal(stored) || rules.decideEnsureBasin(stored, config) === 'noop'
      return refusal === undefined || isSame ? await backend.ensureBasin(name, config, location) : refusal
    },
  }
}
