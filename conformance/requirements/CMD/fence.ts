import { batch, bytes, command, fence, record } from '../../../client/records.ts'
import { demandOverlap, type Timed, timed } from '../../check/overlap.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { APPENDERS } from '../transports.ts'

export const fenceRows: readonly Requirement[] = [
  onStream('CMD-002', 'Fence argument', { on: APPENDERS }, async ({ stream, expect }) => {
    const tokens = ['x', 'x'.repeat(36), 'é'.repeat(18), '😀'.repeat(9), '', 'y']
    for (const token of tokens) {
      expect.ok(await stream.append({ records: [fence(token)] }))
      const wrong = await stream.append({ ...batch('x'), fencingToken: 'never set' })
      expect.refused(wrong, 412, { fencing_token_mismatch: token })
      expect.ok(await stream.append({ ...batch('a'), fencingToken: token }))
    }
    await expect.holds(
      stream,
      tokens.flatMap((token) => [fence(token), record('a')]),
    )
  }),

  onStream('CMD-003', 'Fence argument errors', { on: APPENDERS }, async ({ stream, expect, transport }) => {
    expect.ok(await stream.append({ records: [fence('keep')] }))
    const tooLong = [bytes('x'.repeat(37)), bytes('é'.repeat(19)), bytes('x'.repeat(1000))]
    const notUtf8 = [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0x61, 0xfe]].map((body) => Uint8Array.from(body))
    // Raw JSON is text: it cannot say the latter.
    for (const body of transport === 'json' ? tooLong : [...tooLong, ...notUtf8]) {
      const bad = command('fence', body)
      expect.refused(await stream.append({ records: [bad] }), 422, 'invalid')
      expect.refused(await stream.append({ records: [fence('z'), record('a'), bad] }), 422, 'invalid')
    }
    await expect.tail(stream, 1n)
    const other = await stream.append({ ...batch('x'), fencingToken: 'z' })
    expect.refused(other, 412, { fencing_token_mismatch: 'keep' })
  }),

  onStream('CMD-014', 'Fence without condition always wins', { on: APPENDERS }, async (context) => {
    const { stream, expect } = context
    expect.ok(await stream.append({ records: [fence('a')] }))
    expect.ok(await stream.append({ records: [fence('b')] }))
    const answer = await stream.append({ ...batch('x'), fencingToken: 'a' })
    expect.refused(answer, 412, { fencing_token_mismatch: 'b' })
    expect.ok(await stream.append({ ...batch('c'), fencingToken: 'b' }))
    await expect.holds(stream, [fence('a'), fence('b'), record('c')])
  }),

  onStream('CMD-015', 'Compare-and-set of the token', { on: APPENDERS }, async (context) => {
    const { stream, expect } = context
    const all: Timed<unknown>[] = []
    let token = ''
    for (const round of [0, 1, 2, 3, 4]) {
      const attempts = await Promise.all(
        Array.from({ length: 8 }, (_, client) => {
          const input = { records: [fence(`${round} ${client}`)], fencingToken: token }
          return timed(context, 8 * round + client, () => stream.append(input))
        }),
      )
      const winners = attempts.filter(({ value }) => value.status === 200)
      expect.equal(winners.length, 1, 'number of fences that succeeded')
      const winner = `${round} ${(winners[0]?.client ?? 0) % 8}`
      const losers = attempts.filter(({ value }) => value.status !== 200)
      for (const { value } of losers) expect.refused(value, 412, { fencing_token_mismatch: winner })
      const late = await stream.append({ records: [fence('late')], fencingToken: token })
      expect.refused(late, 412, { fencing_token_mismatch: winner })
      token = winner
      all.push(...attempts)
    }
    await expect.tail(stream, 5n)
    demandOverlap(context, all)
  }),

  onStream('CMD-030', 'Token is raw text, not normalised', { on: APPENDERS }, async ({ stream, expect }) => {
    const pairs = [
      ['two words ', 'two words'],
      ['UPPER', 'upper'],
      ['😀', '😁'],
      ['\u0000', ''],
      ['nul\u0000tail', 'nul'],
      ['e\u0301', 'é'],
      ['é', 'e\u0301'],
      ['ﬁ', 'fi'],
      ['"\\/\n\t', '"\\/\n'],
      ['\ufeffmark', 'mark'],
    ] as const
    for (const [token, other] of pairs) {
      expect.ok(await stream.append({ records: [fence(token)] }))
      const answer = await stream.append({ ...batch('x'), fencingToken: other })
      expect.refused(answer, 412, { fencing_token_mismatch: token })
      expect.ok(await stream.append({ ...batch('a'), fencingToken: token }))
    }
    await expect.holds(
      stream,
      pairs.flatMap(([token]) => [fence(token), record('a')]),
    )
  }),
]
