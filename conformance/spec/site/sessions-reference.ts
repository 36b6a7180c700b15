import { encodeFrame, encodeTerminal, HEAD_BYTES } from '../../../proto/frames.ts'
import { encodeAppendAck, encodeAppendInput } from '../../../proto/messages.ts'
import { batchEvent, doneEvent, errorEvent, eventIdToText, pingEvent } from '../../../proto/sse-events.ts'
import { type Markup, markup, raw } from '../../../reports/markup.ts'
import { codeBlock, markdown, scrolling } from './markdown.ts'

const TEXT = new TextEncoder()

/** The forms of SSE events and S2S frames; the examples are encoded by the codecs of the reference server. */
export const sessionsReference = (): readonly (readonly [
  anchor: string,
  title: string,
  content: Markup,
])[] => [
  ['sse', 'SSE events and ids', sseReference()],
  ['s2s-frames', 'S2S frames', framesReference()],
]

function sseReference(): Markup {
  const id = { seqNum: 41n, count: 12n, bytes: 340n }
  const record = { seqNum: 41n, timestamp: 1_700_000_000_000n, headers: [], body: TEXT.encode('hello') }
  const tail = { seqNum: 42n, timestamp: 1_700_000_000_000n }
  const events = [
    batchEvent({ records: [record] }, 'raw', id),
    pingEvent(1_700_000_005_000n, tail),
    errorEvent('{"code":"unavailable","message":"..."}'),
    doneEvent(),
  ]
  return markup`${markdown(SSE_TEXT.replace('ID', eventIdToText(id)))}${codeBlock(events.join('').trimEnd())}`
}

const SSE_TEXT = `Events are \`batch\` [SSE-003], \`ping\` [SSE-005], \`error\` [SSE-008] and the clean end \`[DONE]\` [SSE-007].

The id \`ID\` of a batch has three numbers: the number of its last record, and the records and metered bytes delivered so far. [SSE-004] A client sends it back in \`last-event-id\`. [SSE-009]`

const FRAME_TEXT = `| Bytes | Part | Meaning |
|---|---|---|
| 0 to 2 | length | big-endian; 1 for the flags plus the bytes of the body [S2S-005] |
| 3, bit 7 | terminal | the last frame of a session, an error [S2S-006] [S2S-008] |
| 3, bits 6 and 5 | compression | 0 none, 1 zstd, 2 gzip [S2S-006] |
| 3, bit 4 | reconnect advised | the server ends soon [S2S-012] |
| 3, bits 3 to 0 | reserved | [S2S-006] |
| 4 on | body | a message [S2S-007]; in a terminal frame a status of 2 bytes, and JSON [S2S-008] |`

function framesReference(): Markup {
  const position = (seqNum: bigint) => ({ seqNum, timestamp: 1_700_000_000_000n })
  const input = encodeAppendInput({ records: [{ headers: [], body: TEXT.encode('hi') }] })
  const ack = encodeAppendAck({ start: position(0n), end: position(1n), tail: position(1n) })
  const frames: readonly (readonly [string, Uint8Array])[] = [
    ['`AppendInput` with one record and the body `hi`', encodeFrame({ payload: input, compression: 'none' })],
    ['`AppendAck` of that record', encodeFrame({ payload: ack, compression: 'none' })],
    ['Terminal frame of a stale `match_seq_num`', encodeTerminal(412, '{"seq_num_mismatch":1}')],
  ]
  const rows = frames.map(
    ([what, bytes]) =>
      markup`<tr><td>${markdown(what)}</td><td><code>${hex(bytes.subarray(0, 3))}</code></td><td><code>${hex(bytes.subarray(3, HEAD_BYTES))}</code></td><td><code>${hex(bytes.subarray(HEAD_BYTES))}</code></td></tr>`,
  )
  const table = markup`<table><thead><tr><th>Frame</th><th>Length</th><th>Flags</th><th>Body</th></tr></thead><tbody>${rows}</tbody></table>`
  return markup`${markdown(FRAME_TEXT)}${raw(scrolling(table.text))}`
}

const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('hex').replaceAll(/../g, '$& ').trimEnd()
