import { isCommand } from '../../../reference-server/semantics/batch/command.ts'
import { isSealed } from '../../../reference-server/semantics/read/kept-record.ts'
import type { RulesDefect } from '../defect.ts'

export const commandsAreHiddenFromReaders: RulesDefect = {
  name: 'commands-are-hidden-from-readers',
  seam: 'rules',
  kills: ['CMD-002', 'CMD-008', 'CMD-009'],
  story: 'Reads pass over fences and trims, and leave holes in the numbers.',
  apply: (rules, fired) => ({
    ...rules,
    takeRecords(records, budget) {
      const plain = records.filter((record) => isSealed(record) || !isCommand(record))
      return rules.takeRecords(plain.length < records.length ? fired(plain) : records, budget)
    },
  }),
}
