import type { RulesDefect } from '../defect.ts'

export const unaryWaitIsNotCapped: RulesDefect = {
  name: 'unary-wait-is-not-capped',
  seam: 'rules',
  only: 'limit',
  kills: ['READ-043'],
  story: 'A unary read waits as long as it asks to, beyond sixty seconds too.',
  apply: (rules, fired) => ({
    ...rules,
    unaryEnd(end) {
      const bounded = rules.unaryEnd(end)
      const { wait } = end
      return wait === undefined || wait === bounded.wait ? bounded : fired({ ...bounded, wait })
    },
  }),
}
