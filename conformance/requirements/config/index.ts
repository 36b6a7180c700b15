import type { Requirement } from '../../check/requirement.ts'
import * as answers from './answers.ts'
import * as basinFields from './basin-fields.ts'
import * as behaviour from './behaviour.ts'
import * as cipher from './cipher.ts'
import * as deleteOnEmpty from './delete-on-empty.ts'
import * as inheritance from './inheritance.ts'
import * as patch from './patch.ts'
import * as patchInheritance from './patch-inheritance.ts'
import * as streamFields from './stream-fields.ts'

/** Configuration of streams and basins: fields, inheritance, PATCH, and what the settings do. */
export const configRequirements: readonly Requirement[] = [
  streamFields,
  basinFields,
  answers,
  inheritance,
  cipher,
  patch,
  patchInheritance,
  behaviour,
  deleteOnEmpty,
].flatMap((concept) => Object.values(concept))
