import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppendInput, AppendRecord, S2, type S2Stream } from '@s2-dev/streamstore'
import { afterAll, describe, expect, test } from 'vitest'
import { createServer } from './server.ts'
import { openDiskStore } from './store/disk.ts'
import { openMemoryStore } from './store/memory.ts'
import type { Store } from './store/store.ts'

const directories: string[] = []
afterAll(() => Promise.all(directories.map((path) => rm(path, { recursive: true }))))

async function directory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 's2-encryption-'))
  directories.push(path)
  return path
}

const KEY = Uint8Array.from({ length: 32 }, (_, index) => (index * 37 + 11) & 0xff)
const OTHER_KEY = new Uint8Array(32).fill(9)
const SECRETS = ['a body that nobody reads', 'a-header-name', 'the value of a header']
const KEY_FORMS = [
  Buffer.from(KEY),
  Buffer.from(Buffer.from(KEY).toString('base64')),
  Buffer.from(Buffer.from(KEY).toString('hex')),
]

const secret = () =>
  AppendRecord.string({ body: SECRETS[0] ?? '', headers: [['a-header-name', SECRETS[2] ?? '']] })
const input = (...records: readonly AppendRecord[]) => AppendInput.create([...records])

/** Serves the store, lets `use` work with a client of it, and closes both. */
async function serving(store: Store, use: (client: S2) => Promise<void>): Promise<void> {
  const server = await createServer({ data: { store } })
  const url = await server.start()
  try {
    await use(new S2({ accessToken: 'ignored', endpoints: { account: url, basin: url } }))
  } finally {
    await server.stop()
  }
}

type Cipher = 'aegis-256' | 'aes-256-gcm'
const CIPHERS: readonly Cipher[] = ['aegis-256', 'aes-256-gcm']

async function newStream(client: S2, streamCipher: Cipher | undefined): Promise<S2Stream> {
  const basin = `basin-${streamCipher ?? 'in-clear'}`
  await client.basins.create({ basin, config: streamCipher === undefined ? {} : { streamCipher } })
  const created = await client.basin(basin).streams.create({ stream: 's' })
  expect(created.cipher ?? undefined).toBe(streamCipher)
  return client.basin(basin).stream('s')
}

/** By every way in, and by every way out. */
async function appendAndRead(stream: S2Stream): Promise<void> {
  await stream.append(input(secret(), AppendRecord.fence('in the clear')))
  const session = await stream.appendSession()
  await (await session.submit(input(secret()))).ack()
  await session.close()
  const { records } = await stream.read({ start: { from: { seqNum: 0 } } })
  expect(records.map(({ body }) => body)).toEqual([SECRETS[0], 'in the clear', SECRETS[0]])
}

describe.each(CIPHERS)('the official SDK on a stream with %s', (cipher) => {
  test('reads with its key what it appended with it, by unary, SSE and S2S', async () => {
    await serving(await openMemoryStore(), async (client) => {
      const stream = (await newStream(client, cipher)).withEncryptionKey(KEY)
      await appendAndRead(stream)
      for (const forceTransport of ['fetch', 's2s'] as const) {
        const way = client.basin(`basin-${cipher}`).stream('s', { forceTransport }).withEncryptionKey(KEY)
        const session = await way.readSession({ start: { from: { seqNum: 0 } } })
        const reader = session.getReader()
        for (const body of [SECRETS[0], 'in the clear', SECRETS[0]]) {
          expect((await reader.read()).value).toMatchObject({ body })
        }
        const next = reader.read()
        await way.append(input(secret()))
        expect((await next).value).toMatchObject({
          body: SECRETS[0],
          headers: [['a-header-name', SECRETS[2]]],
        })
        await reader.cancel()
        await way.append(input(AppendRecord.trim(0)))
      }
    })
  })

  test('is told of a key that is wrong or missing, and of nothing of the key', async () => {
    await serving(await openMemoryStore(), async (client) => {
      const stream = await newStream(client, cipher)
      await expect(stream.append(input(secret()))).rejects.toMatchObject({ status: 400, code: 'bad_header' })
      await stream.withEncryptionKey(KEY).append(input(secret()))
      const from = { start: { from: { seqNum: 0 } } }
      await expect(stream.read(from)).rejects.toMatchObject({ status: 400, code: 'bad_header' })
      const wrong = stream.withEncryptionKey(OTHER_KEY)
      await expect(wrong.read(from)).rejects.toMatchObject({ status: 400, code: 'decryption_failed' })
      await expect((await wrong.readSession(from)).getReader().read()).rejects.toMatchObject({
        code: 'decryption_failed',
      })
      expect((await stream.checkTail()).tail.seqNum).toBe(1)
    })
  })
})

describe('at rest (ENC-017)', () => {
  test.each(CIPHERS)('nothing of a record or a key is in the files of a stream with %s', async (cipher) => {
    const path = await directory()
    await serving(await openDiskStore(path), async (client) => {
      await appendAndRead((await newStream(client, cipher)).withEncryptionKey(KEY))
    })
    const files = await contents(path)
    expect(
      found(
        files,
        SECRETS.map((text) => Buffer.from(text)),
      ),
    ).toEqual([])
    expect(found(files, KEY_FORMS)).toEqual([])
    // Opened once more, its log becomes a table; commands are there to be seen.
    await (await openDiskStore(path)).close()
    const later = await contents(path)
    expect(found(later, [...SECRETS.map((text) => Buffer.from(text)), ...KEY_FORMS])).toEqual([])
    expect(found(files, [Buffer.from('in the clear')]).length).toBe(1)
    await serving(await openDiskStore(path), async (client) => {
      const { records } = await client
        .basin(`basin-${cipher}`)
        .stream('s')
        .withEncryptionKey(KEY)
        .read({ start: { from: { seqNum: 0 } } })
      expect(records.map(({ body }) => body)).toEqual([SECRETS[0], 'in the clear', SECRETS[0]])
    })
  })

  test('the records of a stream without a cipher are, so the search can find them', async () => {
    const path = await directory()
    await serving(await openDiskStore(path), async (client) => {
      await appendAndRead((await newStream(client, undefined)).withEncryptionKey(KEY))
    })
    expect(
      found(
        await contents(path),
        SECRETS.map((text) => Buffer.from(text)),
      ).length,
    ).toBe(3)
  })
})

async function contents(path: string): Promise<readonly Buffer[]> {
  const names = await readdir(path)
  return await Promise.all(names.map((name) => readFile(join(path, name))))
}

const found = (files: readonly Buffer[], texts: readonly Buffer[]): readonly Buffer[] =>
  texts.filter((text) => files.some((file) => file.includes(text)))
