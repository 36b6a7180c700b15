import type { Requirement } from '../../check/requirement.ts'
import * as account from './account.ts'
import * as basins from './basins.ts'

export const hostedRequirements: readonly Requirement[] = [account, basins].flatMap((group) =>
  Object.values(group),
)
