import type { StreamClient } from '../../../client/stream-client.ts'
import type { AppendRecord } from '../../../proto/types.ts'
import type { CheckContext } from '../../check/context.ts'

/** Bytes 1 to 32 (ENC-002). */
export const KEY: string = 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA='
/** 32 bytes of 0xA5. */
export const OTHER_KEY: string = Buffer.alloc(32, 0xa5).toString('base64')

export type Cipher = 'aegis-256' | 'aes-256-gcm'
export const CIPHERS: readonly Cipher[] = ['aegis-256', 'aes-256-gcm']

export const withKey = (key: string): { readonly headers: Readonly<Record<string, string>> } => ({
  headers: { 's2-encryption-key': key },
})

/** For each cipher in turn: `check` with a fresh stream that holds `records`, appended with `KEY`. */
export async function withEachCipher(
  context: CheckContext,
  records: readonly AppendRecord[],
  check: (stream: StreamClient) => Promise<void>,
): Promise<void> {
  for (const cipher of CIPHERS) {
    const stream = await newEncryptedStream(context, cipher)
    context.expect.ok(await stream.append({ records }, withKey(KEY)))
    await check(stream)
  }
}

/** A fresh stream in a fresh basin of this cipher. */
export async function newEncryptedStream(
  { newBasin, newStreamName, expect, transport }: CheckContext,
  cipher: Cipher,
): Promise<StreamClient> {
  const basin = await newBasin({ stream_cipher: cipher })
  const name = newStreamName()
  expect.equal(expect.ok(await basin.createStream(name), 201).cipher, cipher, 'cipher of the stream')
  return basin.stream(name, transport)
}
