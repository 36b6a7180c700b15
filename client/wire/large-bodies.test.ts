import { afterEach, describe, expect, test } from 'vitest'
import { bomb, endless, type Hostility, startHostile } from '../testing/hostile-server.ts'
import { collectBody } from './collect.ts'
import { createHttp1 } from './http1.ts'
import type { WireAnswer } from './wire.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const MIB = 2 ** 20
const CHUNK = Buffer.alloc(65_536)

/** An answer whose body goes on to so many bytes once `gate` is open; `pulled` counts what was read of it. */
function answer(bytes: number, gate: Promise<void>) {
  let pulled = 0
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (; pulled < bytes; ) {
      pulled += CHUNK.length
      yield CHUNK
      if (pulled === 2 * MIB) await gate
    }
  }
  const wire: WireAnswer = {
    status: 200,
    headers: {},
    chunks: chunks(),
    upload: { write: () => Promise.resolve(), end() {} },
    cancel() {},
  }
  return { wire, pulled: () => pulled }
}

describe('bodies that are read at once', () => {
  test('are above 1 MiB sixteen at a time; the others wait, and come to their end', async () => {
    const gate = Promise.withResolvers<void>()
    const answers = Array.from({ length: 40 }, () => answer(3 * MIB, gate.promise))
    const bodies = Promise.all(answers.map(({ wire }) => collectBody(wire)))
    const isLarge = ({ pulled }: (typeof answers)[number]): boolean => pulled() === 2 * MIB
    const waits = ({ pulled }: (typeof answers)[number]): boolean => pulled() === MIB + CHUNK.length
    await expect.poll(() => answers.every((each) => isLarge(each) || waits(each))).toBe(true)
    expect(answers.filter(isLarge)).toHaveLength(16)
    gate.resolve()
    for (const body of await bodies) expect(body.length).toBe(3 * MIB)
  })

  test('that fail make room for others', async () => {
    const failing = (): WireAnswer => ({
      ...answer(0, Promise.resolve()).wire,
      chunks: (async function* () {
        yield Buffer.alloc(2 * MIB)
        throw new Error('lost')
      })(),
    })
    for (let count = 0; count < 40; count++) await expect(collectBody(failing())).rejects.toThrow('lost')
    expect((await collectBody(answer(2 * MIB, Promise.resolve()).wire)).length).toBe(2 * MIB)
  })

  test('may not come in pieces without end, whose memory is far more than their bytes', async () => {
    let pulled = 0
    let isCancelled = false
    const wire: WireAnswer = {
      ...answer(0, Promise.resolve()).wire,
      chunks: (async function* () {
        for (; pulled < 100_000; pulled++) yield Buffer.from(' ')
      })(),
      cancel() {
        isCancelled = true
      },
    }
    await expect(collectBody(wire)).rejects.toThrow('the body is in more than 65536 pieces')
    expect(isCancelled).toBe(true)
    expect(pulled).toBe(65_536)
  })

  test('are small without a wait', async () => {
    const gate = Promise.withResolvers<void>()
    const large = Array.from({ length: 20 }, () => answer(3 * MIB, gate.promise))
    const bodies = large.map(({ wire }) => collectBody(wire))
    await expect.poll(() => large.filter(({ pulled }) => pulled() === 2 * MIB).length).toBe(16)
    expect((await collectBody(answer(MIB, gate.promise).wire)).length).toBe(MIB)
    gate.resolve()
    await Promise.all(bodies)
  })
})

describe('a body without end is too large', () => {
  const read = async (hostility: Hostility): Promise<unknown> => {
    const server = await startHostile(hostility, 0)
    const wire = createHttp1()
    closers.push(() => wire.close(), server.close)
    const request = { method: 'GET', origin: server.origin, path: '/', headers: {}, body: undefined } as const
    const { signal } = new AbortController()
    const opened = await wire.open(
      { ...request, http: '1.1' },
      { upload: false, ownConnection: false },
      signal,
    )
    return await collectBody(opened)
  }
  const tooLarge = {
    name: 'TargetError',
    code: 'too-large',
    message: 'the body is longer than 8388608 bytes, which no answer of S2 needs',
  }

  test('as it is', async () => {
    await expect(read(endless)).rejects.toMatchObject(tooLarge)
  })

  test.each(['gzip', 'deflate', 'zstd'] as const)('and so is one that %s makes', async (coding) => {
    await expect(read(await bomb(coding, 40))).rejects.toMatchObject(tooLarge)
  })
})
