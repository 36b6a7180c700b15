import type { RulesDefect } from '../defect.ts'

export const basinBeatsTheRequest: RulesDefect = {
  name: 'basin-beats-the-request',
  seam: 'rules',
  kills: ['CP-CFG-040'],
  story: 'Where a basin has a default, what the request for a stream says is ignored.',
  apply: (rules, fired) => ({
    ...rules,
    newStream(request, basin, system) {
      const { defaultStreamConfig } = basin
      const isSet =
        defaultStreamConfig.timestampingMode !== undefined && request.timestampingMode !== undefined
      return rules.newStream(isSet ? fired({ ...request, ...defaultStreamConfig }) : request, basin, system)
    },
  }),
}
