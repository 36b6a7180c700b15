import type { StreamConfigPatch } from '../../../reference-server/semantics/resources/config-patch.ts'
import type { RulesDefect } from '../defect.ts'

export const patchReplacesTheConfiguration: RulesDefect = {
  name: 'patch-replaces-the-configuration',
  seam: 'rules',
  kills: ['CP-BAS-071', 'CP-CFG-060', 'CP-STR-061'],
  story: 'A PATCH clears every setting of streams that it leaves out.',
  apply: (rules, fired) => ({
    ...rules,
    patchStream: (stored, patch, basinDefault, system) =>
      rules.patchStream(stored, fired(complete(patch)), basinDefault, system),
    patchBasin: (stored, patch) =>
      rules.patchBasin(stored, { ...patch, defaultStreamConfig: fired(complete(patch.defaultStreamConfig)) }),
  }),
}

const complete = (patch: StreamConfigPatch): StreamConfigPatch => ({
  storageClass: patch.storageClass ?? null,
  retention: patch.retention ?? null,
  timestampingMode: patch.timestampingMode ?? null,
  timestampingUncapped: patch.timestampingUncapped ?? null,
  deleteOnEmptyMinAge: patch.deleteOnEmptyMinAge ?? null,
})
