import type { Defect } from '../defect.ts'
import { absentTokenIsTheEmptyOne } from './absent-token-is-the-empty-one.ts'
import { emptyTokenIsNoCondition } from './empty-token-is-no-condition.ts'
import { expectedNumberHas32Bits } from './expected-number-has-32-bits.ts'
import { expectedNumberIsThatOfTheLastRecord } from './expected-number-is-that-of-the-last-record.ts'
import { expectedNumberMayBeHigher } from './expected-number-may-be-higher.ts'
import { expectedNumberMayBeLower } from './expected-number-may-be-lower.ts'
import { fenceAppliesToItsOwnBatch } from './fence-applies-to-its-own-batch.ts'
import { fenceIsLostWithItsRecord } from './fence-is-lost-with-its-record.ts'
import { firstOfSeveralFencesWins } from './first-of-several-fences-wins.ts'
import { longestTokenIsRefused } from './longest-token-is-refused.ts'
import { mismatchReportsTheExpectedNumber } from './mismatch-reports-the-expected-number.ts'
import { mismatchReportsTheGivenToken } from './mismatch-reports-the-given-token.ts'
import { numberIsCheckedBeforeTheToken } from './number-is-checked-before-the-token.ts'
import { oneConditionIsEnough } from './one-condition-is-enough.ts'
import { tokenLengthCountsCharacters } from './token-length-counts-characters.ts'
import { tokensAreComparedWithoutCase } from './tokens-are-compared-without-case.ts'
import { tokensAreNormalised } from './tokens-are-normalised.ts'
import { tokensAreTrimmedOfSpaces } from './tokens-are-trimmed-of-spaces.ts'
import { twoWinnersOfACondition } from './two-winners-of-a-condition.ts'
import { unfencedStreamTakesAnyToken } from './unfenced-stream-takes-any-token.ts'
import { zeroIsNoExpectedNumber } from './zero-is-no-expected-number.ts'

export const conditions: readonly Defect[] = [
  absentTokenIsTheEmptyOne,
  emptyTokenIsNoCondition,
  expectedNumberHas32Bits,
  expectedNumberIsThatOfTheLastRecord,
  expectedNumberMayBeHigher,
  expectedNumberMayBeLower,
  fenceAppliesToItsOwnBatch,
  fenceIsLostWithItsRecord,
  firstOfSeveralFencesWins,
  longestTokenIsRefused,
  mismatchReportsTheExpectedNumber,
  mismatchReportsTheGivenToken,
  numberIsCheckedBeforeTheToken,
  oneConditionIsEnough,
  tokenLengthCountsCharacters,
  tokensAreComparedWithoutCase,
  tokensAreNormalised,
  tokensAreTrimmedOfSpaces,
  twoWinnersOfACondition,
  unfencedStreamTakesAnyToken,
  zeroIsNoExpectedNumber,
]
