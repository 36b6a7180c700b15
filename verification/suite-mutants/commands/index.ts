import type { Defect } from '../defect.ts'
import { commandNamesHaveNoCase } from './command-names-have-no-case.ts'
import { commandsAreHiddenFromReaders } from './commands-are-hidden-from-readers.ts'
import { emptyFenceDoesNotLiftTheFence } from './empty-fence-does-not-lift-the-fence.ts'
import { fencesAreDecodedLeniently } from './fences-are-decoded-leniently.ts'
import { onlyLoneCommandsAreObeyed } from './only-lone-commands-are-obeyed.ts'
import { shortTrimsArePadded } from './short-trims-are-padded.ts'
import { trimArgumentIsLittleEndian } from './trim-argument-is-little-endian.ts'
import { trimBeyondTheTailSparesItself } from './trim-beyond-the-tail-spares-itself.ts'
import { trimTakesOneRecordMore } from './trim-takes-one-record-more.ts'
import { trimTakesWhatComesLater } from './trim-takes-what-comes-later.ts'
import { trimToZeroTakesEverything } from './trim-to-zero-takes-everything.ts'
import { trimmedStreamLooksUnwritten } from './trimmed-stream-looks-unwritten.ts'
import { trimsAreOnlyWrittenDown } from './trims-are-only-written-down.ts'
import { trimsPast2ToThe63DoNothing } from './trims-past-2-to-the-63-do-nothing.ts'

export const commands: readonly Defect[] = [
  commandNamesHaveNoCase,
  commandsAreHiddenFromReaders,
  emptyFenceDoesNotLiftTheFence,
  fencesAreDecodedLeniently,
  onlyLoneCommandsAreObeyed,
  shortTrimsArePadded,
  trimArgumentIsLittleEndian,
  trimBeyondTheTailSparesItself,
  trimTakesOneRecordMore,
  trimTakesWhatComesLater,
  trimToZeroTakesEverything,
  trimmedStreamLooksUnwritten,
  trimsAreOnlyWrittenDown,
  trimsPast2ToThe63DoNothing,
]
