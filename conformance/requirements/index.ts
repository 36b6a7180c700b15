import type { Requirement } from '../check/requirement.ts'
import { properties } from '../model/index.ts'
import { accessTokenRequirements } from './access-tokens/index.ts'
import { appendRequirements } from './append/index.ts'
import { basinRequirements } from './basins/index.ts'
import { checkTailRequirements } from './check-tail/index.ts'
import { commandRequirements } from './commands/index.ts'
import { configRequirements } from './config/index.ts'
import { durabilityRequirements } from './durability/index.ts'
import { encryptionRequirements } from './encryption/index.ts'
import { errorRequirements } from './errors/index.ts'
import { hostedRequirements } from './hosted/index.ts'
import { httpRequirements } from './http/index.ts'
import { lifecycleRequirements } from './lifecycle/index.ts'
import { limitRequirements } from './limits/index.ts'
import { linearizabilityRequirements } from './linearizability/index.ts'
import { liteRequirements } from './lite/index.ts'
import { locationRequirements } from './locations/index.ts'
import { metricsRequirements } from './metrics/index.ts'
import { readRequirements } from './read/index.ts'
import { recordRequirements } from './records/index.ts'
import { routingRequirements } from './routing/index.ts'
import { s2sRequirements } from './s2s/index.ts'
import { sseRequirements } from './sse/index.ts'
import { streamRequirements } from './streams/index.ts'

/** Every requirement that has a check, group by group; the index of a group lists those of its folder. */
export const requirements: readonly Requirement[] = [
  ...routingRequirements,
  ...recordRequirements,
  ...appendRequirements,
  ...commandRequirements,
  ...readRequirements,
  ...checkTailRequirements,
  ...sseRequirements,
  ...s2sRequirements,
  ...lifecycleRequirements,
  ...encryptionRequirements,
  ...errorRequirements,
  ...httpRequirements,
  ...basinRequirements,
  ...streamRequirements,
  ...configRequirements,
  ...accessTokenRequirements,
  ...metricsRequirements,
  ...locationRequirements,
  ...hostedRequirements,
  ...limitRequirements,
  ...liteRequirements,
  ...linearizabilityRequirements,
  ...durabilityRequirements,
  ...properties.map(({ requirement }) => requirement),
]
