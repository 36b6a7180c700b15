import type { WireDefect } from '../defect.ts'

export const lastFrameLacksItsStatus: WireDefect = {
  name: 'last-frame-lacks-its-status',
  seam: 'wire',
  only: 'transport',
  kills: ['S2S-008'],
  story: 'A session ends with the status 0 instead of that of the refusal.',
  apply: (wire, fired) => ({
    ...wire,
    encodeTerminal: (_status, json) => wire.encodeTerminal(fired(0), json),
  }),
}
