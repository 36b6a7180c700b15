import fc from 'fast-check'

const SURROGATES = 0x800
const LAST = 0x10ffff
const FIRST_SURROGATE = 0xd800

/**
 * Any character that UTF-8 has. The units of fast-check's own strings are the same, and it takes a second of every start to
 * write down all of them.
 */
export const scalar: fc.Arbitrary<string> = fc
  .nat(LAST - SURROGATES)
  .map((index) => String.fromCodePoint(index < FIRST_SURROGATE ? index : index + SURROGATES))

/** What a reader takes for one character: mostly of ASCII, else any, or one of several code points. */
export const character: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)) },
  { weight: 3, arbitrary: scalar },
  { weight: 1, arbitrary: fc.constantFrom('e\u0301', '\u{1f1e9}\u{1f1ea}', '\u{1f469}\u200d\u{1f4bb}') },
)
