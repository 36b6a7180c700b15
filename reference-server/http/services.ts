import type { Backend } from '../backend/backend.ts'
import type { Clock, Stopwatch } from '../environment.ts'
import type { FaultPlan } from '../faults/fault-plan.ts'
import type { RequestLog } from '../inspection/request-log.ts'
import type { Log } from '../log.ts'
import type { Rules } from '../semantics/rules.ts'
import type { Bounds } from './flow-control/bounds.ts'
import type { AccessControl } from './hooks/access-control.ts'
import type { Instruments } from './hooks/instruments.ts'
import type { Wire } from './wire.ts'

/** What the handlers work with. */
export interface Services {
  readonly rules: Rules
  readonly backend: Backend
  readonly wire: Wire
  readonly clock: Clock
  readonly stopwatch: Stopwatch
  readonly access: AccessControl
  readonly instruments: Instruments
  readonly bounds: Bounds
  readonly log: Log
  /** Planned by the test that started the server. */
  readonly faults?: FaultPlan | undefined
  /** For the test that started the server. */
  readonly requests?: RequestLog | undefined
  /** Called with mistakes of our own, which the client sees as a bare 500. */
  readonly report: (error: unknown) => void
}
