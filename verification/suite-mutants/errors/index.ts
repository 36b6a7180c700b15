import type { Defect } from '../defect.ts'
import { codesAreInUpperCase } from './codes-are-in-upper-case.ts'
import { errorsAreNested } from './errors-are-nested.ts'
import { errorsHaveNoMessage } from './errors-have-no-message.ts'
import { failedConditionHasACode } from './failed-condition-has-a-code.ts'
import { failedConditionIsAConflict } from './failed-condition-is-a-conflict.ts'
import { invalidIsAnsweredWith400 } from './invalid-is-answered-with-400.ts'
import { missingBasinIsAMissingStream } from './missing-basin-is-a-missing-stream.ts'
import { takenNameIsInvalid } from './taken-name-is-invalid.ts'
import { unwrittenIsNotFound } from './unwritten-is-not-found.ts'
import { unwrittenTellsNoTimestamp } from './unwritten-tells-no-timestamp.ts'

export const errors: readonly Defect[] = [
  codesAreInUpperCase,
  errorsAreNested,
  errorsHaveNoMessage,
  failedConditionHasACode,
  failedConditionIsAConflict,
  invalidIsAnsweredWith400,
  missingBasinIsAMissingStream,
  takenNameIsInvalid,
  unwrittenIsNotFound,
  unwrittenTellsNoTimestamp,
]
