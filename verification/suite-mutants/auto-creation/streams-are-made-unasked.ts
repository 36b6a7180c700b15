import type { RulesDefect } from '../defect.ts'

export const streamsAreMadeUnasked: RulesDefect = {
  name: 'streams-are-made-unasked',
  seam: 'rules',
  kills: ['AUT-002'],
  story: 'An append makes a stream that is missing in a basin that does not ask for it.',
  apply: (rules, fired) => ({
    ...rules,
    judgeStream(operation, stream, basin, flavor) {
      if (
        operation !== 'append' ||
        basin === undefined ||
        basin.config.createStreamOnAppend ||
        stream !== undefined
      ) {
        return rules.judgeStream(operation, stream, basin, flavor)
      }
      const config = { ...basin.config, createStreamOnAppend: true }
      return rules.judgeStream(operation, stream, fired({ deleting: basin.deleting, config }), flavor)
    },
  }),
}
