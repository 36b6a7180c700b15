import type { Defect } from '../defect.ts'
import { appendingIncludesCommands } from './appending-includes-commands.ts'
import { expiredTokensHold } from './expired-tokens-hold.ts'
import { issuedTokensMayDoMore } from './issued-tokens-may-do-more.ts'
import { issuingAgainReplaces } from './issuing-again-replaces.ts'
import { listingsForgetThePrefix } from './listings-forget-the-prefix.ts'
import { listingsShowWhatIsOutOfScope } from './listings-show-what-is-out-of-scope.ts'
import { longestIdIsRefused } from './longest-id-is-refused.ts'
import { namesAreToldWithThePrefix } from './names-are-told-with-the-prefix.ts'
import { oneOperationNeedsNoPermission } from './one-operation-needs-no-permission.ts'
import { prefixOfAScopeMayStandAnywhere } from './prefix-of-a-scope-may-stand-anywhere.ts'
import { prefixingNeedsNoPrefix } from './prefixing-needs-no-prefix.ts'
import { tokenMayPermitNothing } from './token-may-permit-nothing.ts'
import { writingIncludesReading } from './writing-includes-reading.ts'

export const accessTokens: readonly Defect[] = [
  appendingIncludesCommands,
  expiredTokensHold,
  issuedTokensMayDoMore,
  issuingAgainReplaces,
  listingsForgetThePrefix,
  listingsShowWhatIsOutOfScope,
  longestIdIsRefused,
  namesAreToldWithThePrefix,
  oneOperationNeedsNoPermission,
  prefixOfAScopeMayStandAnywhere,
  prefixingNeedsNoPrefix,
  tokenMayPermitNothing,
  writingIncludesReading,
]
