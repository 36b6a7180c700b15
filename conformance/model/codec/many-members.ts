import fc from 'fast-check'
import type { Answer } from '../../../client/answer.ts'
import { bytes, record } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import type { Transport } from '../../../client/transport.ts'
import { isObject } from '../../../kit/is-object.ts'
import { appendInputToJson } from '../../../proto/json-bodies.ts'
import { encodeAppendInput } from '../../../proto/messages.ts'
import type { AppendRecord } from '../../../proto/types.ts'
import { concat } from '../../by-hand/frames.ts'
import { postRecords } from '../../by-hand/requests.ts'
import { createProperty, type Property } from '../property.ts'
import { type Coding, coding, encoded, isCoding, level } from './codings.ts'

interface Input {
  readonly coding: Coding
  /** Of each member how many records it holds, and how hard it is pressed. */
  readonly members: readonly { readonly records: number; readonly level: number }[]
}

/** What is compressed in parts, one behind the other, is taken whole or not at all. */
export const anyMembers: Property = createProperty<Input, undefined>({
  id: 'PROP-012',
  needs: [],
  on: ['json', 'protobuf'],
  arbitrary: fc.record({
    coding,
    members: fc.array(fc.record({ records: fc.nat(2), level }), { minLength: 1, maxLength: 4 }),
  }),
  runs: { few: 20, many: 50 },
  prepare: () => Promise.resolve(undefined),
  async play(context, _stage, { coding, members }, tell) {
    const { newStream, expect, transport } = context
    const stream = await newStream()
    const parts = members.map((member, index) =>
      Array.from({ length: member.records }, (_, at) => record(`record ${at} of member ${index}`)),
    )
    const all = parts.flat()
    const body = concat(
      ...plainParts(parts, transport).map((part, index) => encoded(coding, members[index]?.level ?? 0, part)),
    )
    const answer = await send(stream, coding, body)
    const allowed = all.length === 0 ? 'a refusal' : `all ${all.length} of them, or a refusal`
    const came = `${answer.status} ${answer.error?.code ?? ''}`
    tell({
      request: `append of ${members.map(({ records }) => records)} records in ${coding}`,
      expected: allowed,
      actual: came,
    })
    const isRefused = answer.status >= 400 && answer.status < 500
    expect.that(isRefused || (answer.status === 200 && all.length > 0), allowed, came)
    context.record(isRefused ? `refused with ${came}` : 'taken whole')
    const kept = expect.ok(await stream.checkTail()).seqNum
    tell({ request: 'check-tail', expected: String(isRefused ? 0 : all.length), actual: String(kept) })
    await expect.holds(stream, isRefused ? [] : all)
  },
  parse(input) {
    if (!isObject(input) || !isCoding(input.coding) || !isMembers(input.members))
      throw new RangeError('the input of PROP-012 is a coding and members')
    return { coding: input.coding, members: input.members }
  },
})

/** Messages one behind the other are one message with the records of all. Of JSON only the whole is a request. */
function plainParts(
  parts: readonly (readonly AppendRecord[])[],
  transport: Transport,
): readonly Uint8Array[] {
  if (transport !== 'json') return parts.map((records) => encodeAppendInput({ records }))
  const text = bytes(appendInputToJson({ records: parts.flat() }, 'raw'))
  const step = Math.ceil(text.length / parts.length)
  return parts.map((_, index) => text.subarray(index * step, (index + 1) * step))
}

function send(stream: StreamClient, coding: Coding, body: Uint8Array): Promise<Answer<unknown>> {
  const type = stream.transport === 'json' ? 'application/json' : 'application/protobuf'
  return postRecords(stream, body, { 'content-type': type, 'content-encoding': coding })
}

const isMembers = (value: unknown): value is Input['members'] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((each) => isObject(each) && Number.isInteger(each.records) && Number.isInteger(each.level))
