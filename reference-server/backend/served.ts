import { ACCOUNT } from '../store/usage-keys.ts'
import type { Served } from './backend.ts'
import type { StreamDirectory } from './stream-directory.ts'
import type { Usage } from './usage.ts'

/** A stream that was just served is in use, unless it is being deleted. */
export function servedTo(usage: Usage, directory: StreamDirectory): Served {
  return {
    operation: (operation) => usage.add(ACCOUNT, operation, 1),
    basinOperation: (operation, basin) => usage.add(basin, operation, 1),
    append(address, connection) {
      const stream = directory.peek(address)
      stream?.meter.appendedOver(connection, stream.stored.config.storageClass)
    },
    unaryRead: (address) => directory.peek(address)?.meter.readOnce(),
    sessionRead: (address, connection) => directory.peek(address)?.meter.readOver(connection),
  }
}
