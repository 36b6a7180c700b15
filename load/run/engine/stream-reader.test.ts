import { expect, test } from 'vitest'
import { BOARD_BYTES } from '../../measure/board.ts'
import type { BatchVisitor } from '../../transport/scan.ts'
import { STAMP_BYTES, viewOf } from '../../verify/stamp-layout.ts'
import { StampWriter } from '../../verify/stamp-writer.ts'
import { parseWorkload } from '../../workload/parse.ts'
import { StreamReader } from './stream-reader.ts'
import { createWiring, type Wiring } from './wiring.ts'

const TAG = 7

/** A reader to which records of one batch of ten come as they are sent for. */
function follow(): { readonly reader: StreamReader; read(upTo: number): void } {
  const workload = parseWorkload({ 'record-size': STAMP_BYTES }, 'here')
  const place = { origin: 'http://127.0.0.1:1', prefix: '', headers: {} }
  const memory = new SharedArrayBuffer(BOARD_BYTES)
  const task = { workload, place, streams: ['s'], thread: 0, tag: TAG, epochUs: 0, memory }
  let visitor: BatchVisitor | undefined
  const wiring = {
    ...createWiring(task),
    createReader(_stream: number, _reads: unknown, parts: { readonly visitor: BatchVisitor }) {
      visitor = parts.visitor
      return { open: () => Promise.resolve(), close() {} }
    },
  }
  const reads = workload.tail
  const reader = new StreamReader({ task, wiring, isMeasured: () => true, stream: 0, reads, isTail: true })
  const stamps = new StampWriter(TAG, wiring.filler)
  let next = 0
  return {
    reader,
    read(upTo) {
      for (; next < upTo; next++) {
        const body = Buffer.alloc(STAMP_BYTES)
        stamps.write(
          viewOf(body),
          body.length,
          { writer: 0, index: next, place: next, size: 10, intendedUs: 5 },
          0,
        )
        visitor?.record(next, 1, body, 0, body.length, 0, 0)
      }
    },
  }
}

const LONG_MS = 600_000

test('a batch that the tail has torn is found, whether the reader is there before or after it is asked', async () => {
  const early = follow()
  early.read(7)
  await early.reader.readTo(7, LONG_MS)
  const late = follow()
  const read = late.reader.readTo(7, LONG_MS)
  late.read(7)
  await read
  for (const { reader } of [early, late])
    expect(reader.report()).toMatchObject({ next: 7, violationCounts: { 'torn-batch': 1 } })
})

test('a batch that goes on beyond what the tail was is none', async () => {
  const whole = follow()
  whole.read(10)
  await whole.reader.readTo(10, LONG_MS)
  const beyond = follow()
  beyond.read(8)
  await beyond.reader.readTo(5, LONG_MS)
  for (const { reader } of [whole, beyond]) expect(reader.report().violationCounts).toEqual({})
})

test('a reader of a target that breaks its protocol each time gives up soon', async () => {
  const workload = parseWorkload({ 'record-size': STAMP_BYTES }, 'here')
  const place = { origin: 'http://127.0.0.1:1', prefix: '', headers: {} }
  const memory = new SharedArrayBuffer(BOARD_BYTES)
  const task = { workload, place, streams: ['s'], thread: 0, tag: TAG, epochUs: 0, memory }
  let opened = 0
  const wiring: Wiring = {
    ...createWiring(task),
    createReader: (_stream, _reads, { onEnd }) => ({
      async open() {
        opened += 1
        onEnd('the target broke it', true)
      },
      close() {},
    }),
  }
  const reads = workload.tail
  const reader = new StreamReader({ task, wiring, isMeasured: () => true, stream: 0, reads, isTail: true })
  reader.begin()
  await expect.poll(() => reader.report().trouble).toBe('the target broke it')
  expect(opened).toBe(4)
})
