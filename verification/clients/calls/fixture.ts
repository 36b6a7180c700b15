import type { StartedServer } from '../../../reference-server/index.ts'

/** Creates the basins, streams, records and the token that snippets work on, without what the snippet itself creates. */
export async function prepareServer({ url }: Pick<StartedServer, 'url'>, call: string): Promise<void> {
  const creates = (what: string): boolean => call === `create-${what}` || call === `ensure-${what}`
  const send = sender(url)
  await send('/basins', { basin: 'my-basin' })
  if (!creates('stream')) await send('/streams', { stream: 'example-1' }, 'my-basin')
  if (!creates('basin')) {
    await send('/basins', { basin: 'example-1', config: { stream_cipher: 'aegis-256' } })
    await send('/streams', { stream: 'example-2' }, 'example-1')
  }
  if (call === 'revoke-access-token' || call === 'list-access-tokens')
    await send('/access-tokens', { id: 'reader', scope: { ops: ['read'] } })
  if (creates('stream')) return
  await send('/streams/example-1/records', { records: recordsFor(call) }, 'my-basin')
  if (call === 'read-encrypted')
    await send('/streams/example-2/records', { records: RECORDS }, 'example-1', KEY)
}

const RECORDS = [
  { body: 'first', timestamp: 1000 },
  { body: 'second', timestamp: 1500 },
  { body: 'last', timestamp: 1900 },
]

const KEY = 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA='

const FENCE = { headers: [['', 'fence']], body: 'writer-1' }

/** Three records; the snippet that appends with a token finds that token set. */
const recordsFor = (call: string): readonly unknown[] =>
  call === 'append-fencing-token' ? [...RECORDS.slice(0, 2), FENCE] : RECORDS

const sender =
  (url: string) =>
  async (path: string, body: unknown, basin?: string, key?: string): Promise<void> => {
    const answer = await fetch(`${url}/v1${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(basin !== undefined && { 's2-basin': basin }),
        ...(key !== undefined && { 's2-encryption-key': key }),
      },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  }
