import { constants, gzipSync, zstdCompressSync } from 'node:zlib'
import { encodeFrame } from '../../proto/frames.ts'
import { type Abuse, chunk, http1Head, LITTLE, range, type Target } from './abuse.ts'

const PATH = '/v1/streams/bombed/records'

/** A gibibyte of spaces, in about a megabyte, or in a hundred kilobytes. */
const SPACES = 64 * 1_048_576
const gzipBomb = (): Uint8Array => gzipSync(Buffer.alloc(SPACES, ' '), { level: 9 })
const zstdBomb = (): Uint8Array =>
  zstdCompressSync(Buffer.alloc(SPACES, ' '), { params: { [constants.ZSTD_c_compressionLevel]: 9 } })

interface Bomb {
  readonly name: string
  readonly headers: Readonly<Record<string, string>>
  /** The whole body. */
  readonly make: () => Uint8Array
  readonly outcome: string
}

const JSON_BODY = { 'content-type': 'application/json' }
const PROTOBUF = { 'content-type': 'application/protobuf' }
const S2S = { 'content-type': 's2s/proto' }

const BOMBS: readonly Bomb[] = [
  {
    name: 'gzip in a JSON body',
    headers: { ...JSON_BODY, 'content-encoding': 'gzip' },
    make: gzipBomb,
    outcome: '400 bad_json',
  },
  {
    name: 'zstd in a protobuf body',
    headers: { ...PROTOBUF, 'content-encoding': 'zstd' },
    make: zstdBomb,
    outcome: '400 bad_proto',
  },
  {
    name: 'gzip in gzip',
    headers: { ...JSON_BODY, 'content-encoding': 'gzip' },
    make: () => gzipSync(gzipBomb()),
    outcome: '400 bad_json',
  },
  {
    name: 'two codings',
    headers: { ...JSON_BODY, 'content-encoding': 'gzip, gzip' },
    make: () => gzipSync(gzipBomb()),
    outcome: '415',
  },
  {
    name: 'gzip in a frame',
    headers: S2S,
    make: () => encodeFrame({ payload: gzipBomb(), compression: 'gzip' }),
    outcome: '200 bad_frame',
  },
  {
    name: 'zstd in a frame',
    headers: S2S,
    make: () => encodeFrame({ payload: zstdBomb(), compression: 'zstd' }),
    outcome: '200 bad_frame',
  },
]

async function explode(target: Target, { headers, make }: Bomb): Promise<readonly string[]> {
  const body = make()
  const clients = await Promise.all(
    range(target.times(12, 100)).map(async () => {
      const client = await target.http1()
      await client.send(http1Head('POST', PATH, { ...headers, 'transfer-encoding': 'chunked' }))
      void client.send(Buffer.concat([chunk(body), Buffer.from('0\r\n\r\n')]))
      return client
    }),
  )
  await target.until(() => clients.every((client) => isAnswered(client.outcome())))
  return clients.map((client) => client.outcome())
}

/** A session's head comes before its end. */
const isAnswered = (outcome: string): boolean => outcome !== 'waits' && outcome !== '200'

export const bombs: readonly Abuse[] = BOMBS.map((bomb) => ({
  name: `a compressed bomb, ${bomb.name}`,
  limit: '2 MiB when decompressed, refused before the memory is taken',
  growth: LITTLE,
  outcomes: [bomb.outcome],
  run: (target) => explode(target, bomb),
}))
