import type { StreamConfigPatch } from '../../../reference-server/semantics/resources/config-patch.ts'
import type { RulesDefect } from '../defect.ts'

export const nullClearsNothing: RulesDefect = {
  name: 'null-clears-nothing',
  seam: 'rules',
  kills: ['CP-CFG-060', 'CP-CFG-062', 'CP-CFG-065'],
  story: 'A null in a PATCH is passed over.',
  apply(rules, fired) {
    const kept = (patch: StreamConfigPatch): StreamConfigPatch =>
      Object.values(patch).includes(null)
        ? fired({
            storageClass: patch.storageClass ?? undefined,
            retention: patch.retention ?? undefined,
            timestampingMode: patch.timestampingMode ?? undefined,
            timestampingUncapped: patch.timestampingUncapped ?? undefined,
            deleteOnEmptyMinAge: patch.deleteOnEmptyMinAge ?? undefined,
          })
        : patch
    return {
      ...rules,
      patchStream: (stored, patch, ...given) => rules.patchStream(stored, kept(patch), ...given),
      patchBasin: (stored, patch) =>
        rules.patchBasin(stored, { ...patch, defaultStreamConfig: kept(patch.defaultStreamConfig) }),
    }
  },
}
