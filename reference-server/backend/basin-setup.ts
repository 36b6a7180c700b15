import type { BasinName } from '../semantics/names.ts'
import type { Refusal } from '../semantics/refusal.ts'
import type { Backend, StreamAddress } from './backend.ts'

/**
 * The backend as it is while basins may not be served yet: `check` is asked before each operation on a basin or in it.
 * Listing basins, and creating and ensuring one, go on: those are asked of the account (CP-BAS-045).
 */
export function behindSetup(backend: Backend, check: (basin: BasinName) => Refusal | undefined): Backend {
  const onBasin =
    <Args extends readonly unknown[], Outcome>(
      operation: (basin: BasinName, ...args: Args) => Promise<Outcome>,
    ) =>
    async (basin: BasinName, ...args: Args): Promise<Outcome | Refusal> =>
      check(basin) ?? (await operation(basin, ...args))
  const inBasin =
    <Args extends readonly unknown[], Outcome>(
      operation: (address: StreamAddress, ...args: Args) => Promise<Outcome>,
    ) =>
    async (address: StreamAddress, ...args: Args): Promise<Outcome | Refusal> =>
      check(address.basin) ?? (await operation(address, ...args))
  return {
    ...backend,
    getBasinConfig: onBasin(backend.getBasinConfig),
    reconfigureBasin: onBasin(backend.reconfigureBasin),
    deleteBasin: onBasin(backend.deleteBasin),
    listStreams: onBasin(backend.listStreams),
    createStream: inBasin(backend.createStream),
    ensureStream: inBasin(backend.ensureStream),
    getStreamConfig: inBasin(backend.getStreamConfig),
    reconfigureStream: inBasin(backend.reconfigureStream),
    deleteStream: inBasin(backend.deleteStream),
    append: inBasin(backend.append),
    openAppendSession: inBasin(backend.openAppendSession),
    checkTail: inBasin(backend.checkTail),
    openRead: inBasin(backend.openRead),
  }
}
