import type { Answer } from '../../../client/answer.ts'
import type { RawRequest } from '../../../client/raw.ts'
import { accessTokenPath, basinPath, recordsPath, streamPath, tailPath } from '../../../proto/http.ts'
import type { CheckContext } from '../../check/context.ts'
import { freshId } from './tokens.ts'

/** Which of the sets of a scope an operation looks at (CP-TOK-040). */
export type SetName = 'basins' | 'streams' | 'access_tokens'

type Refusal = readonly [status: number, code: string]

/** One operation of the API, as a request that does no harm. */
export interface Operation {
  readonly op: string
  readonly sets: readonly SetName[]
  /** What may be answered when the token permits it: done, or refused for another reason than the token. */
  readonly permitted: readonly (number | Refusal)[]
  request(place: Place, context: CheckContext): RawRequest & { readonly ofBasin?: true }
}

/** What the requests are about: a basin and a stream that are there. */
export interface Place {
  readonly basin: string
  readonly stream: string
}

const DONE = [200]
const MADE = [201]
/** What is asked about is missing on purpose. */
const missing = (code: string): readonly Refusal[] => [[404, code]]
/** The server may not have the feature. */
const LACKING = [...DONE, [501, 'not_implemented']] as const

const account = (method: string, path: string, body?: string): RawRequest => ({
  method,
  path,
  ...(body !== undefined && { body }),
})
const ofBasin = (method: string, path: string, body?: string): RawRequest & { readonly ofBasin: true } => ({
  ...account(method, path, body),
  ofBasin: true,
})

/** Every operation that a token can permit but the change of the default location, which is the account's (CP-TOK-032). */
export const OPERATIONS: readonly Operation[] = [
  {
    op: 'list-basins',
    sets: ['basins'],
    permitted: DONE,
    request: ({ basin }) => account('GET', `/basins?prefix=${basin}&limit=1`),
  },
  {
    op: 'create-basin',
    sets: ['basins'],
    permitted: MADE,
    request: (_, { newBasinName }) => account('POST', '/basins', `{"basin":"${newBasinName()}"}`),
  },
  {
    op: 'delete-basin',
    sets: ['basins'],
    permitted: missing('basin_not_found'),
    request: (_, { newBasinName }) => account('DELETE', basinPath(newBasinName())),
  },
  {
    op: 'reconfigure-basin',
    sets: ['basins'],
    permitted: missing('basin_not_found'),
    request: (_, { newBasinName }) => account('PATCH', basinPath(newBasinName()), '{}'),
  },
  {
    op: 'get-basin-config',
    sets: ['basins'],
    permitted: DONE,
    request: ({ basin }) => account('GET', basinPath(basin)),
  },
  {
    op: 'issue-access-token',
    sets: ['access_tokens'],
    permitted: MADE,
    request: (_, context) =>
      account(
        'POST',
        '/access-tokens',
        `{"id":"${freshId(context)}","scope":{"ops":["issue-access-token"]}}`,
      ),
  },
  {
    op: 'revoke-access-token',
    sets: ['access_tokens'],
    permitted: missing('access_token_not_found'),
    request: (_, context) => account('DELETE', accessTokenPath(freshId(context))),
  },
  {
    op: 'list-access-tokens',
    sets: ['access_tokens'],
    permitted: DONE,
    request: (_, context) => account('GET', `/access-tokens?prefix=${freshId(context)}`),
  },
  {
    op: 'list-streams',
    sets: ['basins', 'streams'],
    permitted: DONE,
    request: ({ stream }) => ofBasin('GET', `/streams?prefix=${stream}&limit=1`),
  },
  {
    op: 'create-stream',
    sets: ['basins', 'streams'],
    permitted: MADE,
    request: (_, { newStreamName }) => ofBasin('POST', '/streams', `{"stream":"${newStreamName()}"}`),
  },
  {
    op: 'delete-stream',
    sets: ['basins', 'streams'],
    permitted: missing('stream_not_found'),
    request: (_, { newStreamName }) => ofBasin('DELETE', streamPath(newStreamName())),
  },
  {
    op: 'get-stream-config',
    sets: ['basins', 'streams'],
    permitted: DONE,
    request: ({ stream }) => ofBasin('GET', streamPath(stream)),
  },
  {
    op: 'reconfigure-stream',
    sets: ['basins', 'streams'],
    permitted: DONE,
    request: ({ stream }) => ofBasin('PATCH', streamPath(stream), '{}'),
  },
  {
    op: 'check-tail',
    sets: ['basins', 'streams'],
    permitted: DONE,
    request: ({ stream }) => ofBasin('GET', tailPath(stream)),
  },
  {
    op: 'append',
    sets: ['basins', 'streams'],
    permitted: DONE,
    request: ({ stream }) => ofBasin('POST', recordsPath(stream), '{"records":[{"body":"a"}]}'),
  },
  {
    op: 'read',
    sets: ['basins', 'streams'],
    permitted: DONE,
    request: ({ stream }) => ofBasin('GET', `${recordsPath(stream)}?seq_num=0&count=1`),
  },
  {
    op: 'account-metrics',
    sets: [],
    permitted: LACKING,
    request: () => account('GET', '/metrics?set=active-basins&start=1700000000&end=1700003600'),
  },
  {
    op: 'basin-metrics',
    sets: ['basins'],
    permitted: LACKING,
    request: ({ basin }) => account('GET', `/metrics/${basin}?set=storage&start=1700000000&end=1700003600`),
  },
  {
    op: 'stream-metrics',
    sets: ['basins', 'streams'],
    permitted: LACKING,
    request: ({ basin, stream }) =>
      account('GET', `/metrics/${basin}/${stream}?set=storage&start=1700000000&end=1700003600`),
  },
  {
    op: 'list-locations',
    sets: [],
    permitted: LACKING,
    request: () => account('GET', '/locations'),
  },
  {
    op: 'get-default-location',
    sets: [],
    permitted: LACKING,
    request: () => account('GET', '/locations/default'),
  },
]

/** Asks for it with this credential. */
export async function ask(
  context: CheckContext,
  place: Place,
  { request }: Operation,
  credential: Pick<RawRequest, 'headers' | 'without'>,
): Promise<Answer<unknown>> {
  const { ofBasin: isOfBasin, ...raw } = request(place, context)
  const send = isOfBasin === true ? context.account.basin(place.basin).raw : context.account.raw
  return await send({ ...raw, ...credential })
}

/** A stream with a record in the shared basin, for the requests to be about. */
export async function newPlace({ newStream, basin, expect }: CheckContext): Promise<Place> {
  const stream = await newStream()
  expect.ok(await stream.append({ records: [{ headers: [], body: new Uint8Array(1) }] }))
  return { basin: basin.name, stream: stream.name }
}

/** A set of each of these names that covers the place, and every name that the run makes. */
export function covering(sets: readonly SetName[]): object {
  return Object.fromEntries(sets.map((name) => [name, { prefix: '' }]))
}
