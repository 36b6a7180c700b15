import type { Requirement } from '../../check/requirement.ts'
import { answers } from './answers.ts'
import { basinFields } from './basin-fields.ts'
import { behaviour } from './behaviour.ts'
import { cipher } from './cipher.ts'
import { deleteOnEmpty } from './delete-on-empty.ts'
import { freeTier } from './free-tier.ts'
import { inheritance } from './inheritance.ts'
import { patch } from './patch.ts'
import { patchInheritance } from './patch-inheritance.ts'
import { streamFields } from './stream-fields.ts'

export const CP_CFG: readonly Requirement[] = [
  ...streamFields,
  ...freeTier,
  ...inheritance,
  ...basinFields,
  ...answers,
  ...cipher,
  ...patch,
  ...patchInheritance,
  ...behaviour,
  ...deleteOnEmpty,
]
