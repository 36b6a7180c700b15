import { UNSET_STREAM_CONFIG } from '../../../reference-server/semantics/resources/config.ts'
import type { RulesDefect } from '../defect.ts'

export const madeStreamsInheritNothing: RulesDefect = {
  name: 'made-streams-inherit-nothing',
  seam: 'rules',
  kills: ['CP-STR-084'],
  story: "A stream that an append makes has the defaults of the system instead of its basin's.",
  apply: (rules, fired) => ({
    ...rules,
    newStream(request, basin, system) {
      const isBare = request === UNSET_STREAM_CONFIG
      return rules.newStream(
        request,
        isBare ? fired({ ...basin, defaultStreamConfig: UNSET_STREAM_CONFIG }) : basin,
        system,
      )
    },
  }),
}
