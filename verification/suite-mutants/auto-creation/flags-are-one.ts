import type { RulesDefect } from '../defect.ts'

export const flagsAreOne: RulesDefect = {
  name: 'flags-are-one',
  seam: 'rules',
  kills: ['AUT-004'],
  story: 'A basin that makes streams for appends makes them for reads too.',
  apply: (rules, fired) => ({
    ...rules,
    judgeStream(operation, stream, basin, flavor) {
      if (basin === undefined || !basin.config.createStreamOnAppend || basin.config.createStreamOnRead) {
        return rules.judgeStream(operation, stream, basin, flavor)
      }
      const config = { ...basin.config, createStreamOnRead: true }
      return rules.judgeStream(
        operation,
        stream,
        fired({ ...basin, deleting: basin.deleting, config }),
        flavor,
      )
    },
  }),
}
