import { expect, test } from 'vitest'
import { lastLinesOf } from './container-log.ts'

function frame(stream: 1 | 2, text: string): Buffer {
  const header = Buffer.alloc(8)
  header[0] = stream
  header.writeUInt32BE(Buffer.byteLength(text), 4)
  return Buffer.concat([header, Buffer.from(text)])
}

const logged = (...frames: readonly Buffer[]) => ({ logs: async () => Buffer.concat(frames) })

test('the lines of both streams are quoted without their frames', async () => {
  const container = logged(frame(1, 'Listening\n'), frame(2, 'no space\n'))
  expect(await lastLinesOf(container)).toBe('; its last lines were:\n  Listening\n  no space')
})

test.each([
  ['no output', logged()],
  ['a log that is gone', { logs: () => Promise.reject(new Error('no such container')) }],
])('%s is reported as such', async (_, container) => {
  expect(await lastLinesOf(container)).toBe(', without output')
})

test('a frame that is cut is read up to its end', async () => {
  expect(await lastLinesOf(logged(frame(1, 'Listening\n').subarray(0, 12)))).toContain('  List')
})
