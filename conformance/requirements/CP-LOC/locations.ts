import type { Answer } from '../../../client/answer.ts'
import type { CheckContext } from '../../check/context.ts'
import type { Expect } from '../../check/expect.ts'
import { member } from '../members.ts'

export interface LocationInfo {
  readonly name: string
  readonly isPrivate: boolean
}

/** What is told of a location (CP-LOC-002); anything else is a finding. */
export function readLocation(expect: Expect, value: unknown): LocationInfo {
  const [name, isPrivate] = [member(value, 'name'), member(value, 'is_private')]
  if (typeof name === 'string' && typeof isPrivate === 'boolean') return { name, isPrivate }
  expect.that(false, 'a location {"name": text, "is_private": bool}', value)
  return { name: '', isPrivate: false }
}

/** The list, which is the same when it is asked for again. */
export async function listLocations(context: CheckContext): Promise<readonly LocationInfo[]> {
  const list = await askLocations(context)
  context.expect.equal(await askLocations(context), list, 'the locations, asked for again')
  return list
}

async function askLocations({ account, expect }: CheckContext): Promise<readonly LocationInfo[]> {
  const list = expect.ok(await account.raw({ method: 'GET', path: '/locations' }))
  if (Array.isArray(list)) return list.map((each) => readLocation(expect, each))
  expect.that(false, 'a bare array of locations', list)
  return []
}

export async function defaultLocation({ account, expect }: CheckContext): Promise<LocationInfo> {
  return readLocation(expect, expect.ok(await account.raw({ method: 'GET', path: '/locations/default' })))
}

/** `name` as a bare JSON text, unless a body is given as it is. */
export const setDefault = (
  { account }: Pick<CheckContext, 'account'>,
  name: string,
  body: string = JSON.stringify(name),
): Promise<Answer<unknown>> => account.raw({ method: 'PUT', path: '/locations/default', body })

/** A location's name of the right form that is none. */
export const NOWHERE = 'nowhere:at-all-1'
