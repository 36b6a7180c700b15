import type { RulesDefect } from '../defect.ts'

export const configurationOutlivesItsStream: RulesDefect = {
  name: 'configuration-outlives-its-stream',
  seam: 'rules',
  kills: ['CP-STR-053'],
  story: 'The configuration of a stream that is being deleted is still shown.',
  apply: (rules, fired) => ({
    ...rules,
    judgeStream(operation, stream, basin, flavor) {
      const isGone = operation === 'get-stream-config' && stream?.deleting === true
      return isGone ? fired('proceed') : rules.judgeStream(operation, stream, basin, flavor)
    },
  }),
}
