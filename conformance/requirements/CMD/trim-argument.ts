import { batch, bytes, command, record, trim } from '../../../client/records.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { APPENDERS } from '../transports.ts'

export const trimArgumentRows: readonly Requirement[] = [
  onStream('CMD-004', 'Trim argument', { on: APPENDERS }, async (context) => {
    const { stream, newStream, expect, transport } = context
    // Each of the bytes of these is below 0x80, as raw JSON needs it (CMD-006).
    const plain = [0n, 1n, 42n, 127n, 2n ** 53n + 1n]
    const numbers = transport === 'json' ? plain : [...plain, 128n, 1000n, 2n ** 63n, 2n ** 64n - 1n]
    for (const [index, number] of numbers.entries()) {
      const { start, end } = expect.ok(await stream.append({ records: [trim(number)] }))
      expect.equal([start.seqNum, end.seqNum], [BigInt(index), BigInt(index + 1)], 'numbers of the trim')
    }
    const literal = await newStream()
    const headers = { 'content-type': 'application/json', 's2-format': 'base64' }
    for (const body of ['AAAAAAAAAAA=', 'AAAAAAAAAAE=', 'AAAAAAAAA+g=', '//////////8=']) {
      const json = `{"records":[{"headers":[["","dHJpbQ=="]],"body":"${body}"}]}`
      expect.ok(await literal.raw({ method: 'POST', path: literal.recordsPath, headers, body: json }))
    }
    await expect.tail(literal, 4n)
  }),

  onStream('CMD-005', 'Trim argument errors', { on: APPENDERS }, async ({ stream, expect }) => {
    const kept = batch('a', 'b', 'c').records
    expect.ok(await stream.append({ records: kept }))
    const bodies = [
      '',
      '\u0000',
      '1',
      '1000',
      '\u0000'.repeat(7),
      `${'\u0000'.repeat(8)}\u0002`,
      '18446744073709551615',
    ]
    for (const body of bodies) {
      const bad = command('trim', bytes(body))
      expect.refused(await stream.append({ records: [bad] }), 422, 'invalid')
      expect.refused(await stream.append({ records: [trim(2n), record('x'), bad] }), 422, 'invalid')
    }
    await expect.holds(stream, kept)
    // Once this trim has removed the first record, one of those before would have removed two.
    expect.ok(await stream.append({ records: [trim(1n)] }))
    await expect.trimmedTo(stream, 1n)
    await expect.kept(stream, 1n, [record('b'), record('c'), trim(1n)])
  }),

  onStream('CMD-006', 'Raw JSON can carry only some trims', async ({ stream, expect }) => {
    expect.ok(await stream.append(batch('a', 'b', 'c')))
    const append = (body: string) =>
      stream.raw({
        method: 'POST',
        path: stream.recordsPath,
        body: `{"records":[{"headers":[["","trim"]],"body":"${body}"}]}`,
      })
    const NUL = '\\u0000'
    // Eight characters each, but one that is above U+007F takes two bytes.
    for (const last of ['\\u0080', '\\u00e8', 'ÿ']) {
      expect.refused(await append(`${NUL.repeat(7)}${last}`), 422, 'invalid')
    }
    expect.refused(await append(`${NUL.repeat(6)}\\u0003\\u00e8`), 422, 'invalid')
    await expect.tail(stream, 3n)
    expect.ok(await append(`${NUL.repeat(7)}\\u0002`))
    await expect.trimmedTo(stream, 2n)
    // Seven characters in eight bytes are a trim, one far beyond the tail.
    expect.ok(await append(`${NUL.repeat(6)}\\u00e8`))
    await expect.tail(stream, 5n)
  }),
]
