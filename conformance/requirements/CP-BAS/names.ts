import { type Requirement, requirement } from '../../check/requirement.ts'
import { BAD_JSON, BAD_PATH } from '../malformed.ts'
import { configOf } from './served.ts'

export const names: readonly Requirement[] = [
  requirement('CP-BAS-001', 'Basin name', { needs: ['basins'] }, async (context) => {
    const { account, newBasinName, expect, eventually, random } = context
    expect.refusedAs(await account.createBasin(''), BAD_JSON)
    for (const name of INVALID) {
      expect.refusedAs(await account.createBasin(name), BAD_JSON)
      expect.refusedAs(await account.ensureBasin(name), BAD_PATH)
      expect.refusedAs(await account.getBasinConfig(name), BAD_PATH)
    }
    const draw = (length: number, from: string): string =>
      Array.from({ length }, () => from[Math.floor(random() * from.length)]).join('')
    for (const make of [
      () => draw(8, LETTERS + DIGITS),
      () => draw(48, LETTERS + DIGITS),
      () => draw(24, DIGITS),
      () => `${newBasinName()}--a---${draw(1, DIGITS)}`,
    ]) {
      // A short name may be another's: then a new one is drawn.
      const name = await eventually('a basin of a drawn name is created', 20, async () => {
        const drawn = make()
        const answer = await account.createBasin(drawn)
        if (answer.status === 409) {
          expect.refused(answer, 409, 'resource_already_exists')
          return undefined
        }
        expect.equal(expect.ok(answer, 201).name, drawn, 'name')
        return drawn
      })
      expect.equal((await configOf(context, name)).create_stream_on_read, false, 'create_stream_on_read')
    }
  }),

  requirement('CP-BAS-003', '`prefix` and `start_after` of basins', async ({ account, expect }) => {
    for (const parameter of ['prefix', 'start_after'] as const) {
      for (const value of ['', 'a', '7', 'test-', 'a--', 'a'.repeat(48)]) {
        expect.ok(await account.listBasins({ [parameter]: value, limit: 1 }))
      }
      for (const value of ['-a', '-', 'A', 'a_b', 'a.b', 'a b', 'ä', 'a'.repeat(49)]) {
        expect.refused(await account.listBasins({ [parameter]: value, limit: 1 }), 400, 'bad_query')
      }
    }
  }),
]

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

const DIGITS = '0123456789'

/** One byte too short, one too long; wrong characters; a hyphen at an end. */
const INVALID = [
  'seven-7',
  'a'.repeat(49),
  'Test-Basin',
  'test_basin',
  'test.basin',
  'test basin',
  '-test-basin',
  'test-basin-',
  'täst-basin',
  'test-basin\u0000',
]
