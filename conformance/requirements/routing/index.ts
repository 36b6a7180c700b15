import type { Requirement } from '../../check/requirement.ts'
import {
  answerTypeOfUnaryCalls,
  eventStreamSelection,
  sessionHeaders,
  sessionSelection,
} from './answer-mode.ts'
import { mediaTypeSelectsMode, unknownMediaType } from './append-mode.ts'
import { authentication } from './authentication.ts'
import { basinHeaderInvalid, basinHeaderMissing, headerChoosesBasin } from './basin-header.ts'
import { bodyLimit, requestCompression, responseCompression } from './compression.ts'
import { errorBodyShape, frameworkErrors, headRequests } from './errors.ts'
import { appendOrder, readOrder } from './extraction-order.ts'
import { formatAliases, formatInvalid, formatValues, protobufIgnoresFormat } from './format.ts'
import { healthAndMetrics } from './health.ts'
import { bothVersions } from './http-versions.ts'
import { basinNamed, threeOperations, unknownBasin, unknownStream } from './paths.ts'
import { unknownAndRepeated, valueSyntax } from './query.ts'
import { dotNames, emptyStreamSegment, streamNameLimits, unacceptableNames } from './stream-names.ts'
import { streamConfigHeader, successWithoutExtras } from './tolerance.ts'

/** Section 1: paths, headers, negotiation. */
export const routingRequirements: readonly Requirement[] = [
  threeOperations,
  basinNamed,
  basinHeaderMissing,
  basinHeaderInvalid,
  headerChoosesBasin,
  unknownBasin,
  unknownStream,
  streamNameLimits,
  dotNames,
  unacceptableNames,
  emptyStreamSegment,
  authentication,
  errorBodyShape,
  frameworkErrors,
  headRequests,
  mediaTypeSelectsMode,
  unknownMediaType,
  answerTypeOfUnaryCalls,
  eventStreamSelection,
  sessionSelection,
  sessionHeaders,
  formatValues,
  formatAliases,
  formatInvalid,
  protobufIgnoresFormat,
  requestCompression,
  responseCompression,
  bodyLimit,
  healthAndMetrics,
  bothVersions,
  readOrder,
  appendOrder,
  unknownAndRepeated,
  valueSyntax,
  streamConfigHeader,
  successWithoutExtras,
]
