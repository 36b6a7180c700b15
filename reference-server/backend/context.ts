import type { RecentMemory } from './recent-batches.ts'
import type { Services } from './services.ts'
import type { Usage } from './usage.ts'

/** What every part of a backend is created with. */
export interface Context extends Services {
  readonly usage: Usage
  readonly recentMemory: RecentMemory
}
