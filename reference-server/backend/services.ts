import type { Random } from '../../kit/random.ts'
import type { Drain } from '../drain.ts'
import type { Clock } from '../environment.ts'
import type { Rules } from '../semantics/rules.ts'
import type { Store } from '../store/store.ts'
import type { Alarm } from './alarm.ts'
import type { Background } from './background.ts'
import type { Damage } from './damage.ts'
import type { BackendOptions } from './options.ts'

/** What a backend is built on. */
export interface Services {
  readonly rules: Rules
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly options: BackendOptions
  readonly background: Background
  readonly damage: Damage
  readonly drain: Drain
  /** Streams set it to the time of their next sweep. */
  readonly sweepAlarm: Alarm
}
