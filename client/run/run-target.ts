import type { Capability } from '../capability.ts'
import type { Connections } from '../exchange.ts'
import type { Inventory } from '../inventory.ts'
import type { Launcher } from '../launch/launcher.ts'
import type { Redactor } from '../redact.ts'

/** A target that is ready to be judged: reached, recognised, with a basin for the checks to share. */
export interface RunTarget {
  readonly connections: Connections
  readonly launcher: Launcher
  readonly redactor: Redactor
  readonly inventory: Inventory
  readonly sharedBasin: string
  readonly capabilities: ReadonlySet<Capability>
  /** Why a capability is absent, for the report: `GET /v1/locations answered 501`. */
  readonly absent: ReadonlyMap<Capability, string>
  /** Why it could not be found out whether a capability is there. */
  readonly undecided: ReadonlyMap<Capability, string>
  /** What the target says of itself in the header `server`. */
  readonly server: string | undefined
  /** Whether a fresh basin may not be served at once. */
  readonly basinsTakeTime: boolean
}
