import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRedactor } from './redact.ts'
import { formsOf, fragmentsIn } from './testing/hostile-text-server.ts'

const ALPHABET = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~+/=']
const WIDTH = 6

/** No run of it is made of fewer than three different characters, and so could not be told from 000000. */
const secrets = fc
  .string({ unit: fc.constantFrom(...ALPHABET), minLength: 8, maxLength: 80 })
  .filter((secret) =>
    Array.from({ length: secret.length - WIDTH + 1 }, (_, at) => secret.slice(at, at + WIDTH)).every(
      (run) => new Set(run).size >= 3,
    ),
  )
const others = fc.string({ unit: 'binary', maxLength: 40 })

/** Nothing that is left is as long as six characters of the secret, in any form. */
const leftOf = (secret: string, ...texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) => fragmentsIn(text, secret))

test('leaves no run of a secret in any text, in whatever form it stands there and wherever it is cut', () => {
  fc.assert(
    fc.property(
      secrets,
      others,
      others,
      fc.nat(),
      fc.nat(),
      fc.nat(),
      (secret, before, after, form, from, to) => {
        const forms = formsOf(secret)
        const shown = forms[form % forms.length] ?? ''
        const whole = `${before}${shown}${after}`
        const [begin, end] = [from % shown.length, before.length + 1 + (to % (shown.length + after.length))]
        const { text } = createRedactor([secret])
        expect(leftOf(secret, text(whole), text(shown.slice(begin)), text(whole.slice(0, end)))).toEqual([])
      },
    ),
    { numRuns: 500 },
  )
})

test('leaves no run of a secret that is escaped twice, as JSON in JSON is', () => {
  fc.assert(
    fc.property(secrets, fc.nat(), (secret, form) => {
      const forms = formsOf(secret)
      const json = JSON.stringify(JSON.stringify(forms[form % forms.length]))
      const url = encodeURIComponent(encodeURIComponent(secret))
      const { text } = createRedactor([secret])
      for (const each of [json, url]) expect(text(each).length).toBeLessThan(40)
    }),
  )
})

test('leaves no run of a secret that is split over pieces of any length', () => {
  fc.assert(
    fc.property(secrets, others, others, fc.array(fc.nat(9)), (secret, before, after, lengths) => {
      const whole = `${before}${secret}${after}`
      const pieces: string[] = []
      let at = 0
      for (const length of lengths) {
        pieces.push(whole.slice(at, at + length))
        at += length
      }
      pieces.push(whole.slice(at))
      const clean = createRedactor([secret]).pieces(pieces)
      expect(clean).toHaveLength(pieces.length)
      expect(leftOf(secret, clean.join('').replaceAll('<redacted>', ''))).toEqual([])
    }),
  )
})

test('changes nothing in a text that holds no run of a secret', () => {
  fc.assert(
    fc.property(secrets, others, (secret, text) => {
      fc.pre(leftOf(secret, text).length === 0)
      expect(createRedactor([secret]).text(text)).toBe(text)
    }),
  )
})

test('changes nothing when it is applied again', () => {
  fc.assert(
    fc.property(secrets, others, others, (secret, before, after) => {
      const { text } = createRedactor([secret])
      const once = text(`${before}${secret}${after}`)
      expect(text(once)).toBe(once)
    }),
  )
})
