import type { RulesDefect } from '../defect.ts'

export const appendingIncludesCommands: RulesDefect = {
  name: 'appending-includes-commands',
  seam: 'rules',
  where: 'tokens',
  kills: ['CP-TOK-043'],
  story: 'Who may append may fence and trim.',
  apply: (rules, fired) => ({
    ...rules,
    operationsOf(batch) {
      const operations = rules.operationsOf(batch)
      return operations.length > 1 ? fired(['append']) : operations
    },
  }),
}
