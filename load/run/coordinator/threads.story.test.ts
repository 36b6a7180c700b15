import { once } from 'node:events'
import { createServer } from 'node:http2'
import { type AddressInfo, createServer as createTcp } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { PROGRAM_HOOKS } from '../../../client/command/program-hooks.ts'
import { runCommandLine } from '../../../kit/cli/command-line.ts'
import { quietIo } from '../../../kit/testing/quiet-io.ts'
import { BOARD_BYTES } from '../../measure/board.ts'
import { parseWorkload, type WorkloadFields } from '../../workload/parse.ts'
import type { StreamLocation } from '../engine/messages.ts'
import { type EngineThread, startThread } from './threads.ts'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

interface Ended {
  readonly code: number
  readonly err: string
}

/** How a command ends that uses a thread of the generator like this. */
async function ended(
  fields: WorkloadFields,
  place: Pick<StreamLocation, 'origin'> & Partial<StreamLocation>,
  use: (thread: EngineThread) => Promise<unknown>,
): Promise<Ended> {
  const thread = startThread({
    workload: parseWorkload({ readers: 0, 'catch-up': 0, ...fields }, 'thread'),
    place: { prefix: '', headers: {}, ...place },
    streams: ['s'],
    ...{ thread: 0, tag: 1, epochUs: 0, memory: new SharedArrayBuffer(BOARD_BYTES) },
  })
  const command = {
    ...{ name: 'use', summary: '', options: [], examples: [] },
    run: () => use(thread).then(() => 0),
  }
  const program = {
    ...PROGRAM_HOOKS,
    name: 's2-load',
    about: '',
    version: '0',
    commands: [command],
    exitCodes: '',
  }
  let err = ''
  const io = {
    ...quietIo,
    err: (text: string) => {
      err += text
    },
  }
  const code = await runCommandLine(['use'], program, io).finally(() => thread.end())
  return { code, err }
}

/** Where nobody listens. */
async function nowhere(): Promise<string> {
  const server = createTcp().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return `http://127.0.0.1:${port}`
}

describe('what our own code throws in a thread is an internal error', () => {
  test('when it does what it was told', async () => {
    const early = ended({ transport: 'h2-proto' }, { origin: 'http://127.0.0.1:1' }, async (thread) => {
      await thread.hear('ready')
      thread.tell({ kind: 'read', tails: [] })
      await thread.hear('read')
    })
    expect(await early).toEqual({
      code: 3,
      err: expect.stringMatching(/^s2-load: internal error: .*read before halt \(.*engine\.[jt]s:\d+/),
    })
  })

  test('when it opens what it has wrongly asked for', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    ends.push(() => server.close())
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const place = { origin: `http://127.0.0.1:${port}`, headers: { ':nobody': 'knows' } }
    expect(await ended({}, place, (thread) => thread.hear('ready'))).toEqual({
      code: 3,
      err: expect.stringMatching(/^s2-load: internal error: .*TypeError/),
    })
  })

  test('when it dies of it', async () => {
    expect(await ended({}, { origin: 'no URL' }, (thread) => thread.hear('ready'))).toEqual({
      code: 3,
      err: expect.stringMatching(/^s2-load: internal error: .*TypeError.*Invalid URL/),
    })
  })
})

test('a target that nobody can reach is told in a sentence', async () => {
  const origin = await nowhere()
  expect(await ended({}, { origin }, (thread) => thread.hear('ready'))).toEqual({
    code: 3,
    err: expect.stringMatching(/^s2-load: http:\S+: connect ECONNREFUSED \S+\n$/),
  })
})
