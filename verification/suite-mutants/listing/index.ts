import type { Defect } from '../defect.ts'
import { fullPagesPromiseMore } from './full-pages-promise-more.ts'
import { limitOfZeroListsNothing } from './limit-of-zero-lists-nothing.ts'
import { listRepeatsTheLastName } from './list-repeats-the-last-name.ts'
import { moreIsNeverTold } from './more-is-never-told.ts'
import { pagesHaveAHundredNames } from './pages-have-a-hundred-names.ts'
import { prefixPutsOutStartAfter } from './prefix-puts-out-start-after.ts'
import { startAfterMustExist } from './start-after-must-exist.ts'

export const listing: readonly Defect[] = [
  fullPagesPromiseMore,
  limitOfZeroListsNothing,
  listRepeatsTheLastName,
  moreIsNeverTold,
  pagesHaveAHundredNames,
  prefixPutsOutStartAfter,
  startAfterMustExist,
]
