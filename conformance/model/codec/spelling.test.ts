import { gunzipSync, gzipSync, zstdDecompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Transport } from '../../../client/transport.ts'
import { type Judging, judgeBroken } from '../../../verification/suite-mutants/testing/judge-mutant.ts'
import type { Property } from '../property.ts'
import { type CreateFront, type FrontRequest, packetFront, requestFront } from '../testing/front.ts'
import { anyAcceptedCoding } from './accepted-codings.ts'
import { anyBodyCoding } from './body-codings.ts'
import { anyCuts } from './cuts.ts'
import { anyHeaderNames } from './header-names.ts'
import { anyMembers } from './many-members.ts'

const wholeHeadInOnePacket = packetFront((packet, index) =>
  index > 0 || packet.includes('\r\n\r\n') ? packet : null,
)
const carriageReturnAtTheEndIsLost = packetFront((packet) =>
  packet.at(-1) === 13 ? packet.subarray(0, -1) : packet,
)
const shortPacketsAreLost = packetFront((packet) => (packet.length < 9 ? null : packet))

const namesAreComparedAsTheyAre = requestFront((request) => ({
  ...request,
  headers: request.headers.filter(([name]) => !/^s2-/i.test(name) || name === name.toLowerCase()),
}))

/** The basin is looked for before the type of the body, and not behind it. */
const basinMustComeFirst = requestFront((request) => {
  const place = (wanted: RegExp): number => request.headers.findIndex(([name]) => wanted.test(name))
  const [basin, type] = [place(/^s2-basin$/i), place(/^content-type$/i)]
  return type === -1 || basin < type ? request : { ...request, headers: request.headers.toSpliced(basin, 1) }
})

const codingOf = ({ headers }: FrontRequest): string | undefined =>
  headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1]

const notPressedIsNotUnderstood = requestFront((request) =>
  codingOf(request) === 'gzip' && request.body.length > gunzipSync(request.body).length
    ? { ...request, body: request.body.subarray(1) }
    : request,
)

const nothingIsAnEmptyObject = requestFront(
  (request) => request,
  (answer, request) =>
    codingOf(request) === 'gzip' && gunzipSync(request.body).length === 0
      ? { ...answer, status: 200, body: Buffer.from('{}') }
      : answer,
)

/** As `node:zlib` reads it, when it is not asked how far it got. */
const onlyTheFirstFrameIsRead = requestFront((request) => {
  if (codingOf(request) !== 'zstd') return request
  const headers = request.headers.filter(([name]) => name.toLowerCase() !== 'content-encoding')
  return { headers, body: zstdDecompressSync(request.body) }
})

const weightsAreNotLookedAt = requestFront(
  (request) => ({ ...request, headers: request.headers.filter(([name]) => name !== 'accept-encoding') }),
  (answer, { headers }) =>
    headers.some(([name, value]) => name === 'accept-encoding' && value.includes('gzip'))
      ? { ...answer, headers: { ...answer.headers, 'content-encoding': 'gzip' }, body: gzipSync(answer.body) }
      : answer,
)

const MISTAKES: readonly (readonly [
  name: string,
  Property,
  CreateFront,
  Transport,
  most: number,
  asked: RegExp,
])[] = [
  ['a whole head in one packet', anyCuts, wholeHeadInOnePacket, 'json', 1, /cut after byte 1 of/],
  [
    'a CR at the end of a packet is lost',
    anyCuts,
    carriageReturnAtTheEndIsLost,
    'json',
    3,
    /cut after byte \d+ of/,
  ],
  [
    'packets shorter than the head of a frame are lost',
    anyCuts,
    shortPacketsAreLost,
    's2s',
    1,
    /cut after byte \d+ of/,
  ],
  [
    'names are compared as they are',
    anyHeaderNames,
    namesAreComparedAsTheyAre,
    'base64',
    1,
    /s2-\w*[A-Z]|S2-/,
  ],
  ['the basin must come first', anyHeaderNames, basinMustComeFirst, 'json', 1, /content-type.*s2-basin/i],
  [
    'what is not pressed is not understood',
    anyBodyCoding,
    notPressedIsNotUnderstood,
    'json',
    1,
    /gzip of level \d/,
  ],
  [
    'nothing is an empty object',
    anyBodyCoding,
    nothingIsAnEmptyObject,
    'json',
    2,
    /append of an empty body in gzip/,
  ],
  [
    'only the first frame is read',
    anyMembers,
    onlyTheFirstFrameIsRead,
    'protobuf',
    2,
    /append of [01],1 records in zstd/,
  ],
  [
    'weights are not looked at',
    anyAcceptedCoding,
    weightsAreNotLookedAt,
    'json',
    1,
    /read of 0 bytes, accept-encoding: gzip;q=0.000$/m,
  ],
]

/** Cuts are a millisecond apart. */
const timeOf = (property: Property): Pick<Judging, 'inRealTime'> =>
  property === anyCuts ? { inRealTime: true } : {}

describe('finds in a default run, and shrinks to the request that shows it', () => {
  test.each(MISTAKES)('%s', async (_name, property, behind, transport, most, asked) => {
    const found = await judgeBroken(property, (rules) => rules, { transport, behind, ...timeOf(property) })
    expect(found, 'nothing was found').toBeDefined()
    expect(found?.failure.finding.request).toMatch(asked)
    expect(found?.requests).toBeLessThanOrEqual(most)
  })
})

test.each([anyCuts, anyHeaderNames, anyBodyCoding, anyMembers, anyAcceptedCoding])(
  '$requirement.id finds nothing in the healthy server',
  async (property) => {
    for (const transport of property.requirement.on ?? []) {
      const judging = { transport, ...timeOf(property) }
      expect(await judgeBroken(property, (rules) => rules, judging)).toBeUndefined()
    }
  },
)
