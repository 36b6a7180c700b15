import type { RulesDefect } from '../defect.ts'

export const explicitZeroIsUnset: RulesDefect = {
  name: 'explicit-zero-is-unset',
  seam: 'rules',
  only: 'limit',
  kills: ['CP-CFG-043', 'CP-STR-047'],
  story: 'A stream that asks never to be deleted gets the default of its basin.',
  apply: (rules, fired) => ({
    ...rules,
    newStream(request, basin, system) {
      const isZero = request.deleteOnEmptyMinAge === 0n
      return rules.newStream(
        isZero ? fired({ ...request, deleteOnEmptyMinAge: undefined }) : request,
        basin,
        system,
      )
    },
  }),
}
