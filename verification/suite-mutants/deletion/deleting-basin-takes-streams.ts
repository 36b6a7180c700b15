import type { RulesDefect } from '../defect.ts'

export const deletingBasinTakesStreams: RulesDefect = {
  name: 'deleting-basin-takes-streams',
  seam: 'rules',
  kills: ['CP-BAS-084'],
  story: 'Streams can be made in a basin that is being deleted.',
  apply: (rules, fired) => ({
    ...rules,
    judgeStream(operation, stream, basin, flavor) {
      if (basin?.deleting !== true || operation !== 'create-stream')
        return rules.judgeStream(operation, stream, basin, flavor)
      return rules.judgeStream(operation, stream, fired({ ...basin, deleting: false }), flavor)
    },
  }),
}
