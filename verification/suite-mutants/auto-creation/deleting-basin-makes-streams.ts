import type { RulesDefect } from '../defect.ts'

export const deletingBasinMakesStreams: RulesDefect = {
  name: 'deleting-basin-makes-streams',
  seam: 'rules',
  kills: ['AUT-012'],
  story: 'An append makes its stream in a basin that is being deleted.',
  apply: (rules, fired) => ({
    ...rules,
    judgeStream(operation, stream, basin, flavor) {
      const isGoing = operation === 'append' && stream === undefined && basin?.deleting === true
      if (!isGoing) return rules.judgeStream(operation, stream, basin, flavor)
      return rules.judgeStream(operation, stream, fired({ deleting: false, config: basin.config }), flavor)
    },
  }),
}
