import type { RulesDefect } from '../defect.ts'

export const nameIsNeverFree: RulesDefect = {
  name: 'name-is-never-free',
  seam: 'rules',
  withholds: true,
  kills: ['CP-STR-074'],
  story: 'The name of a deleted stream stays taken.',
  apply(rules, fired) {
    const limits = { ...rules.flavor.limits, deletion: 2_000_000_000 }
    return {
      ...rules,
      flavor: { ...rules.flavor, limits },
      judgeStream(operation, stream, basin, flavor) {
        const judgement = rules.judgeStream(operation, stream, basin, flavor)
        return stream?.deleting === true ? fired(judgement) : judgement
      },
    }
  },
}
