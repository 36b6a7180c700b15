import type { Defect } from '../defect.ts'
import { issuingAgainReplaces } from './issuing-again-replaces.ts'
import { longestIdIsRefused } from './longest-id-is-refused.ts'
import { prefixingNeedsNoPrefix } from './prefixing-needs-no-prefix.ts'
import { tokenMayPermitNothing } from './token-may-permit-nothing.ts'

export const accessTokens: readonly Defect[] = [
  issuingAgainReplaces,
  longestIdIsRefused,
  prefixingNeedsNoPrefix,
  tokenMayPermitNothing,
]
