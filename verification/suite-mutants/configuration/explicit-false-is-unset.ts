import type { RulesDefect } from '../defect.ts'

export const explicitFalseIsUnset: RulesDefect = {
  name: 'explicit-false-is-unset',
  seam: 'rules',
  kills: ['CP-CFG-043'],
  story: 'A stream that asks for a cap on its timestamps gets the default of its basin.',
  apply: (rules, fired) => ({
    ...rules,
    newStream(request, basin, system) {
      const isFalse = request.timestampingUncapped === false
      return rules.newStream(
        isFalse ? fired({ ...request, timestampingUncapped: undefined }) : request,
        basin,
        system,
      )
    },
  }),
}
