import fc from 'fast-check'
import type { StepBasinConfig, StepConfig } from '../step.ts'
import { compact, optional, orNull } from './common.ts'

const AGES = [3600, 86_400, 604_800, 4_294_967_296]

/** Ages of an hour and more: nothing goes while a sequence runs. 0 is refused (CP-CFG-003). */
const retention = fc.oneof(
  { weight: 6, arbitrary: fc.record({ age: fc.constantFrom(...AGES) }) },
  { weight: 2, arbitrary: fc.constant({ infinite: {} }) },
  { weight: 2, arbitrary: fc.constant({ age: 0 }) },
)

const storageClass = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('standard', 'express') },
  { weight: 1, arbitrary: fc.constant('glacier') },
)

const mode = fc.constantFrom('client-prefer', 'client-require', 'arrival')

const minAge = fc.constantFrom(0, 3600, 86_400)

/** A whole configuration, as POST and PUT take it. */
export const config: fc.Arbitrary<StepConfig> = compact({
  storage_class: optional(orNull(storageClass, 30), 45),
  retention_policy: optional(orNull(retention, 35), 50),
  timestamping: optional(
    orNull(
      compact({ mode: optional(orNull(mode, 20), 70), uncapped: optional(orNull(fc.boolean(), 20), 60) }),
      15,
    ),
    60,
  ),
  delete_on_empty: optional(orNull(compact({ min_age_secs: optional(minAge, 75) }), 20), 35),
})

/** A PATCH: here `null` clears, at every depth. */
export const patch: fc.Arbitrary<StepConfig> = compact({
  storage_class: optional(orNull(storageClass, 30), 45),
  retention_policy: optional(orNull(retention, 35), 50),
  timestamping: optional(
    orNull(
      compact({ mode: optional(orNull(mode, 20), 70), uncapped: optional(orNull(fc.boolean(), 20), 60) }),
      15,
    ),
    60,
  ),
  delete_on_empty: optional(orNull(compact({ min_age_secs: optional(orNull(minAge, 20), 75) }), 20), 35),
})

/** Of timestamping alone, everything said. */
export const timestamping: fc.Arbitrary<StepConfig> = fc.record({
  timestamping: fc.record({ mode, uncapped: fc.boolean() }),
})

const flags = {
  create_stream_on_append: optional(fc.boolean(), 60),
  create_stream_on_read: optional(fc.boolean(), 60),
}

export const basinConfig: fc.Arbitrary<StepBasinConfig> = compact({
  default_stream_config: optional(orNull(config, 10), 70),
  ...flags,
})

export const basinPatch: fc.Arbitrary<StepBasinConfig> = compact({
  default_stream_config: optional(orNull(patch, 10), 70),
  ...flags,
})
