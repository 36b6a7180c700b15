import type { RulesDefect } from '../defect.ts'

export const unaryBytesAreNotCapped: RulesDefect = {
  name: 'unary-bytes-are-not-capped',
  seam: 'rules',
  only: 'limit',
  kills: ['READ-031'],
  story: 'A unary read delivers more than 1 MiB where its bound allows it.',
  apply: (rules, fired) => ({
    ...rules,
    unaryEnd(end) {
      const bounded = rules.unaryEnd(end)
      return end.bytes === bounded.bytes || end.bytes === undefined
        ? bounded
        : fired({ ...bounded, bytes: end.bytes })
    },
  }),
}
