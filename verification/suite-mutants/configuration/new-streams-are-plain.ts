import type { RulesDefect } from '../defect.ts'

export const newStreamsArePlain: RulesDefect = {
  name: 'new-streams-are-plain',
  seam: 'rules',
  kills: ['CP-CFG-050', 'ENC-014'],
  story: 'Streams of a basin with a cipher are made without one.',
  apply: (rules, fired) => ({
    ...rules,
    newStream(request, basin, system) {
      return rules.newStream(
        request,
        basin.streamCipher ? fired({ ...basin, streamCipher: undefined }) : basin,
        system,
      )
    },
  }),
}
