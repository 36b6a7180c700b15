import { accessTokens } from './access-tokens/index.ts'
import { append } from './append/index.ts'
import { autoCreation } from './auto-creation/index.ts'
import { basins } from './basins/index.ts'
import { checkTail } from './check-tail/index.ts'
import { commands } from './commands/index.ts'
import { conditions } from './conditions/index.ts'
import { configuration } from './configuration/index.ts'
import { crash } from './crash/index.ts'
import type { Defect } from './defect.ts'
import { deletion } from './deletion/index.ts'
import { encryption } from './encryption/index.ts'
import { errors } from './errors/index.ts'
import { follow } from './follow/index.ts'
import { listing } from './listing/index.ts'
import { metrics } from './metrics/index.ts'
import { read } from './read/index.ts'
import { retention } from './retention/index.ts'
import { s2s } from './s2s/index.ts'
import { sse } from './sse/index.ts'
import { streams } from './streams/index.ts'
import { timestamps } from './timestamps/index.ts'
import { wire } from './wire/index.ts'

/** Every defect but the canary, by the part of the API that it is about: the folder it stands in. */
export const defectsByArea: Readonly<Record<string, readonly Defect[]>> = {
  append,
  conditions,
  timestamps,
  commands,
  'check-tail': checkTail,
  read,
  follow,
  sse,
  s2s,
  wire,
  errors,
  encryption,
  basins,
  streams,
  configuration,
  listing,
  deletion,
  retention,
  'auto-creation': autoCreation,
  'access-tokens': accessTokens,
  metrics,
  crash,
}

export const defects: readonly Defect[] = Object.values(defectsByArea).flat()
