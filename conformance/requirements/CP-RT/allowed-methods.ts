import type { Answer } from '../../../client/answer.ts'
import type { Expect } from '../../check/expect.ts'

const METHODS: readonly string[] = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
]

/** The header lists these methods, and perhaps others, but nothing else. */
export function expectMethods(
  expect: Expect,
  answer: Answer<unknown>,
  header: string,
  methods: readonly string[],
): void {
  const value = expect.present(answer.headers[header], `header ${header}`)
  const listed = value.split(/ *, */)
  expect.equal(
    methods.filter((method) => !listed.includes(method)),
    [],
    `methods that ${header} leaves out: ${value}`,
  )
  expect.equal(
    listed.filter((method) => !METHODS.includes(method)),
    [],
    `what is no method in ${header}: ${value}`,
  )
}

/** Codings in a list, in any order: both of these, and perhaps others. */
export const BOTH_CODINGS: RegExp = /^(?=.*\bgzip\b)(?=.*\bzstd\b)[a-z]+( *, *[a-z]+)*$/
