import type { Requirement } from '../../check/requirement.ts'
import { answerMode } from './answer-mode.ts'
import { appendMode } from './append-mode.ts'
import { authenticationRows } from './authentication.ts'
import { basinHeader } from './basin-header.ts'
import { compression } from './compression.ts'
import { errors } from './errors.ts'
import { extractionOrder } from './extraction-order.ts'
import { format } from './format.ts'
import { health } from './health.ts'
import { httpVersions } from './http-versions.ts'
import { paths } from './paths.ts'
import { query } from './query.ts'
import { streamNames } from './stream-names.ts'
import { tolerance } from './tolerance.ts'

export const RTE: readonly Requirement[] = [
  ...paths,
  ...basinHeader,
  ...streamNames,
  ...authenticationRows,
  ...errors,
  ...appendMode,
  ...answerMode,
  ...format,
  ...compression,
  ...health,
  ...httpVersions,
  ...extractionOrder,
  ...query,
  ...tolerance,
]
