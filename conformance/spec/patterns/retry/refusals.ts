import assert from 'node:assert/strict'
import type { RawRequest } from '../../../../client/raw.ts'
import { bytes } from '../../../../client/records.ts'
import { BASIN } from '../basin.ts'
import type { World } from '../run/world.ts'
import { fixes, ORDER, RECORDS, type RetryRow } from './row.ts'

const append = (body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): RawRequest => ({
  method: 'POST',
  path: RECORDS,
  body,
  headers,
})
const get = (path: string, headers: Readonly<Record<string, string>> = {}): RawRequest => ({
  method: 'GET',
  path,
  headers,
})
const KEY = { 's2-encryption-key': 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=' }
const OTHER_KEY = { 's2-encryption-key': 'paWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaU=' }

/** The request itself is wrong: the same request is refused again. */
export const MALFORMED: readonly RetryRow[] = [
  {
    label: 'bad_json',
    step: 1,
    status: 400,
    cause: 'the JSON body is invalid',
    retry: 'change',
    advice: 'Correct the body.',
    ids: ['ERR-005'],
    show: fixes({ wrong: append('{"records":['), right: append(ORDER), code: 'bad_json', status: 400 }),
  },
  {
    label: 'bad_proto',
    step: 1,
    status: 400,
    cause: 'the protobuf body cannot be decoded',
    retry: 'change',
    advice: 'Correct the body, or the header `content-type`.',
    ids: ['ERR-007'],
    show: fixes({
      wrong: append(ORDER, { 'content-type': 'application/protobuf' }),
      right: append(ORDER),
      code: 'bad_proto',
      status: 400,
    }),
  },
  {
    label: 'bad_query',
    step: 1,
    status: 400,
    cause: 'a query parameter is invalid',
    retry: 'change',
    advice: 'Correct the parameter.',
    ids: ['ERR-008'],
    show: fixes({
      wrong: get(`${RECORDS}?seq_num=first`),
      right: get(`${RECORDS}?seq_num=0&count=1`),
      code: 'bad_query',
      status: 400,
    }),
  },
  {
    label: 'bad_header',
    step: 1,
    status: 400,
    cause: 'a header is invalid or missing',
    retry: 'change',
    advice: 'Correct the header.',
    ids: ['ERR-004'],
    show: fixes({
      wrong: get(`${RECORDS}?seq_num=0&count=1`, { 's2-format': 'hex' }),
      right: get(`${RECORDS}?seq_num=0&count=1`, { 's2-format': 'base64' }),
      code: 'bad_header',
      status: 400,
    }),
  },
  {
    label: 'bad_path',
    step: 1,
    status: 400,
    cause: 'a name in the path is invalid',
    retry: 'change',
    advice: 'Correct the name.',
    ids: ['ERR-006'],
    show: fixes({
      wrong: get('/basins/My_Basin'),
      right: get(`/basins/${BASIN}`),
      code: 'bad_path',
      status: 400,
      to: 'account',
    }),
  },
  {
    label: 'invalid',
    step: 1,
    status: 422,
    cause: 'the request is well-formed, and a value is not allowed',
    retry: 'change',
    advice: 'Correct the value.',
    ids: ['ERR-014'],
    show: fixes({ wrong: append('{"records":[]}'), right: append(ORDER), code: 'invalid', status: 422 }),
  },
  {
    label: 'decryption_failed',
    step: 1,
    status: 400,
    cause: 'the encryption key is not the one of the records',
    retry: 'change',
    advice: 'Send the key that the records were appended with.',
    ids: ['ERR-012', 'ENC-008'],
    show: showDecryptionFailed,
  },
]

export const SEALED = 'sealed-basin'

async function showDecryptionFailed(world: World): Promise<void> {
  await createSealedStream(world)
  await fixes({
    wrong: get('/streams/secrets/records?seq_num=0', OTHER_KEY),
    right: get('/streams/secrets/records?seq_num=0', KEY),
    code: 'decryption_failed',
    status: 400,
    to: SEALED,
  })(world)
}

/** Creates an encrypted stream with one record. */
export async function createSealedStream({ aside }: World): Promise<void> {
  const basin = await aside.createBasin(SEALED, { stream_cipher: 'aes-256-gcm' })
  const stream = await aside.basin(SEALED).createStream('secrets')
  const appended = await aside.basin(SEALED).raw({
    method: 'POST',
    path: '/streams/secrets/records',
    body: bytes('{"records":[{"body":"secret"}]}'),
    headers: { ...KEY, 'content-type': 'application/json' },
  })
  assert.deepEqual([basin.status, stream.status, appended.status], [201, 201, 200])
}

export const WRONG_KEY: Readonly<Record<string, string>> = OTHER_KEY
