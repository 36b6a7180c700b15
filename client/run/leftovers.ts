import { howMany } from '../../kit/text/how-many.ts'
import type { Inventory } from '../inventory.ts'
import type { Launcher } from '../launch/launcher.ts'
import type { OnlyBasin } from '../only-basin.ts'
import { some } from './clean-up.ts'

/** For whoever ends a run without its clean-up; undefined where nothing stays on the target. One that was launched dies itself. */
export function leftoverResources(
  { kind, endpoints }: Pick<Launcher, 'kind' | 'endpoints'>,
  inventory: Pick<Inventory, 'basins' | 'tokens'>,
  only: OnlyBasin | undefined,
): string | undefined {
  if (kind !== 'attached') return undefined
  const basins = only === undefined ? inventory.basins() : []
  const tokens = inventory.tokens()
  const parts = [
    ...(only === undefined ? [] : [`streams of ${only.name} whose names begin with ${only.prefix}`]),
    ...(basins.length === 0 ? [] : [`${howMany(basins.length, 'basins')}: ${some(basins)}`]),
    ...(tokens.length === 0 ? [] : [`${howMany(tokens.length, 'access tokens')}: ${some(tokens)}`]),
  ]
  return parts.length === 0 ? undefined : `on ${endpoints.label}, ${parts.join(', ')}`
}
