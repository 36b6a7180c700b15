import type { Random } from '../../kit/random.ts'
import type { Drain } from '../drain.ts'
import type { Clock } from '../environment.ts'
import type { Rules } from '../semantics/rules.ts'
import type { Store } from '../store/store.ts'
import type { Alarm } from './alarm.ts'
import type { Background } from './background.ts'
import type { Damage } from './damage.ts'
import type { BackendOptions } from './options.ts'
import type { RecentMemory } from './recent-batches.ts'
import type { Usage } from './usage.ts'

/** What every part of a backend is made with. */
export interface Context {
  readonly rules: Rules
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly options: BackendOptions
  readonly background: Background
  readonly damage: Damage
  readonly drain: Drain
  /** For streams to say when there will be something to sweep. */
  readonly sweepAlarm: Alarm
  readonly usage: Usage
  readonly recentMemory: RecentMemory
}
