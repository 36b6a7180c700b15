import type { Requirement } from '../../check/requirement.ts'
import {
  compression,
  errorBodies,
  jsonAnswers,
  routingFailures,
  successBodies,
  timestamps,
  unsupportedCoding,
} from './answers.ts'
import { headerIgnored } from './basin-header.ts'
import {
  bodyLimit,
  ensureWithNull,
  ensureWithoutBody,
  jsonProblems,
  mediaTypes,
  otherMediaTypes,
  semanticProblems,
  unknownKeys,
} from './bodies.ts'
import { permissiveCors } from './cors.ts'
import { authorizationIgnored, secretsNotEchoed } from './credentials.ts'
import { formThenExistence, headersThenPathThenBody } from './order.ts'
import { emptySegment, invalidNames, notUtf8, oneSegment, rawSlash, versionPrefix } from './paths.ts'
import { emptyIsAbsent, repeatedParameters, unknownParameters, unreadableValues } from './query.ts'

/** How the control plane speaks HTTP. */
export const httpRequirements: readonly Requirement[] = [
  versionPrefix,
  headerIgnored,
  headersThenPathThenBody,
  formThenExistence,
  oneSegment,
  rawSlash,
  notUtf8,
  invalidNames,
  emptySegment,
  unreadableValues,
  repeatedParameters,
  unknownParameters,
  emptyIsAbsent,
  jsonAnswers,
  mediaTypes,
  otherMediaTypes,
  ensureWithoutBody,
  ensureWithNull,
  jsonProblems,
  semanticProblems,
  unknownKeys,
  bodyLimit,
  errorBodies,
  routingFailures,
  successBodies,
  compression,
  unsupportedCoding,
  timestamps,
  permissiveCors,
  authorizationIgnored,
  secretsNotEchoed,
]
