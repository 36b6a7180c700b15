import type { StartOptions } from '../../../reference-server/start-options.ts'
import type { World } from './run/world.ts'
import type { PatternSlug } from './slugs.ts'

/** A sequence of steps that an application follows; `texts/SLUG.md` explains them. */
export interface Pattern {
  readonly slug: PatternSlug
  /** Options of the reference server that the pattern runs against. */
  readonly options?: Pick<StartOptions, 'auth' | 'limits'>
  /** Whether its steps need planned faults, which only the reference server has. */
  readonly needsFaults: boolean
  /** Runs the steps, and throws an `AssertionError` where the pattern does not keep its promise. */
  run(world: World): Promise<void>
}
