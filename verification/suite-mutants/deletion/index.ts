import type { Defect } from '../defect.ts'
import { basinIsDeletedOnce } from './basin-is-deleted-once.ts'
import { configurationOutlivesItsStream } from './configuration-outlives-its-stream.ts'
import { deletingBasinTakesStreams } from './deleting-basin-takes-streams.ts'
import { deletingStreamCountsAsGone } from './deleting-stream-counts-as-gone.ts'
import { deletingStreamIsNotListed } from './deleting-stream-is-not-listed.ts'
import { nameIsNeverFree } from './name-is-never-free.ts'
import { streamIsDeletedOnce } from './stream-is-deleted-once.ts'

export const deletion: readonly Defect[] = [
  basinIsDeletedOnce,
  configurationOutlivesItsStream,
  deletingBasinTakesStreams,
  deletingStreamCountsAsGone,
  deletingStreamIsNotListed,
  nameIsNeverFree,
  streamIsDeletedOnce,
]
