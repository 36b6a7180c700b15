import { type Requirement, requirement } from '../../check/requirement.ts'
import { inByteOrder } from '../byte-order.ts'
import { BAD_JSON, BAD_PATH, BAD_QUERY } from '../malformed.ts'

export const names: readonly Requirement[] = [
  requirement('CP-STR-001', 'Stream name', { needs: ['basins'] }, async (context) => {
    const { newBasin, expect, eventually } = context
    const basin = await newBasin()
    for (const name of VALID) {
      expect.equal(expect.ok(await basin.createStream(name), 201).name, name, 'name of the created stream')
      expect.ok(await basin.getStreamConfig(name))
      expect.equal(expect.ok(await basin.ensureStream(name)).name, name, 'name of the ensured stream')
    }
    for (const name of ['', '.', '..', ...TOO_LONG]) {
      expect.refusedAs(await basin.createStream(name), BAD_JSON)
    }
    for (const name of TOO_LONG) {
      expect.refusedAs(await basin.ensureStream(name), BAD_PATH)
      expect.refusedAs(await basin.getStreamConfig(name), BAD_PATH)
    }
    const names = await eventually('every stream is listed', 30, async () => {
      const listed = expect.ok(await basin.listStreams()).streams.map(({ name }) => name)
      return listed.length >= VALID.length ? listed : undefined
    })
    expect.equal(names, inByteOrder(VALID), 'names in the listing')
  }),

  requirement('CP-STR-002', 'NUL in prefixes', async ({ basin, expect, record }) => {
    for (const parameter of ['prefix', 'start_after'] as const) {
      for (const value of ['\u0000', 'a\u0000', '\u0000a']) {
        const answer = await basin.listStreams({ [parameter]: value, limit: 1 })
        record(
          `${parameter} ${JSON.stringify(value)} was answered ${answer.status} ${answer.error?.code ?? ''}`,
        )
        expect.refusedAs(answer, BAD_QUERY)
      }
    }
  }),

  requirement('CP-STR-003', '`prefix` and `start_after` of streams', async ({ basin, newStream, expect }) => {
    await newStream()
    for (const parameter of ['prefix', 'start_after'] as const) {
      for (const value of ['', '.', '..', ' ', '/', 'A_b', '水', ...VALID]) {
        expect.ok(await basin.listStreams({ [parameter]: value, limit: 1 }))
      }
      for (const value of TOO_LONG) {
        expect.refused(await basin.listStreams({ [parameter]: value, limit: 1 }), 400, 'bad_query')
      }
    }
  }),
]

/** Up to 512 bytes of UTF-8, with all that means something elsewhere. */
const VALID: readonly string[] = [
  'a',
  'a'.repeat(512),
  `${'水'.repeat(170)}ab`,
  'é'.repeat(256),
  '😀'.repeat(128),
  '...',
  '.a',
  'a/../b',
  '/',
  '//',
  ' ',
  'a b',
  '\u0001',
  '\n',
  '\u007f',
  '"quoted"',
  'a?b#c&d=e',
  '%41',
]

/** 513 bytes, in one to three bytes a character. */
const TOO_LONG = ['a'.repeat(513), '水'.repeat(171), `${'é'.repeat(256)}a`]
