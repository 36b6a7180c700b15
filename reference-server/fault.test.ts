import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeFault } from './fault.ts'
import { StoreError } from './store/store-error.ts'

test('says what was thrown and where, and not what it says', () => {
  expect(describeFault(new TypeError('token abc is not a function'))).toMatch(
    /^TypeError at .*reference-server\/fault\.test\.ts:\d+:\d+\)?/,
  )
  expect(describeFault(new TypeError('token abc'))).not.toContain('abc')
})

test('says what the store says', () => {
  expect(describeFault(new StoreError('failed', 'the disk\n is full'))).toMatch(
    /^StoreError: the disk is full at /,
  )
  const cause = new Error('IO error:\n No space left')
  expect(describeFault(new StoreError('failed', 'it failed', cause))).toMatch(
    /^StoreError: it failed \(IO error: No space left\) at /,
  )
})

test('says the code and the call of a system error', () => {
  const error = Object.assign(new Error("ENOSPC: no space left on device, write '/x'"), {
    code: 'ENOSPC',
    syscall: 'write',
  })
  expect(describeFault(error)).toMatch(/^Error ENOSPC in write at /)
})

test.each([['secret'], [undefined], [{ secret: 1 }], [null]])(
  '%j, thrown as it is, is told by its type',
  (thrown) => {
    expect(describeFault(thrown)).toBe(`something that is no Error was thrown: ${typeof thrown}`)
  },
)

test('a message cannot pass for a call, nor a name or code for one', () => {
  const secret = fc
    .string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 40 })
    .filter((text) => /\d/.test(text))
  const wraps = fc.constantFrom(
    (text: string) => new Error(text),
    (text: string) => new Error(`x\n    at ${text} (file:1:1)`),
    (text: string) => Object.assign(new Error('x'), { code: text, syscall: text, name: text }),
    (text: string) => Object.assign(new Error('x'), { message: text }),
    (text: string) =>
      Object.assign(new Error('x'), { stack: `Error: x\n    at other\n`, message: `${text}` }),
    (text: string) => new Error('x', { cause: new Error(text) }),
  )
  fc.assert(
    fc.property(secret, wraps, (text, wrap) => {
      const line = describeFault(wrap(text))
      expect(line).not.toContain(text)
      expect(line).not.toMatch(/\n/)
    }),
  )
})

test('a long message is cut', () => {
  const line = describeFault(new StoreError('failed', 'x'.repeat(10_000)))
  expect(line).toMatch(/^StoreError: x{300}\.\.\. at /)
})
