import type { WireDefect } from '../defect.ts'

/** An escape of half a character that has no other half beside it. */
const LONE = /\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f])|(?<!\\ud[89ab][0-9a-f]{2})\\ud[c-f][0-9a-f]{2}/gi

export const loneSurrogatesBecomeMarks: WireDefect = {
  name: 'lone-surrogates-become-marks',
  seam: 'wire',
  only: 'transport',
  kills: ['PROP-005'],
  story: 'Half a character in a record of JSON is appended as the mark for what cannot be read.',
  apply: (wire, fired) => ({
    ...wire,
    appendInputFromJson(bytes, format) {
      const text = Buffer.from(bytes).toString('utf8')
      const marked = text.replaceAll(LONE, '\\ufffd')
      return wire.appendInputFromJson(marked === text ? bytes : fired(Buffer.from(marked)), format)
    },
  }),
}
