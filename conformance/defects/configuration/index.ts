import type { Defect } from '../defect.ts'
import { basinDefaultsAreNotInherited } from './basin-defaults-are-not-inherited.ts'
import { patchReplacesTheConfiguration } from './patch-replaces-the-configuration.ts'

export const configuration: readonly Defect[] = [basinDefaultsAreNotInherited, patchReplacesTheConfiguration]
