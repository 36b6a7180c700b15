import type { RulesDefect } from '../defect.ts'

export const unaryReadsAreNotCapped: RulesDefect = {
  name: 'unary-reads-are-not-capped',
  seam: 'rules',
  only: 'limit',
  kills: ['READ-030'],
  story: 'A unary read delivers more than 1000 records where its bound allows it.',
  apply: (rules, fired) => ({
    ...rules,
    unaryEnd(end) {
      const bounded = rules.unaryEnd(end)
      return end.count === bounded.count || end.count === undefined
        ? bounded
        : fired({ ...bounded, count: end.count })
    },
  }),
}
