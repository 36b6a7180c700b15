import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { gatherCrumbs } from './crumbs.ts'

function source(): Readable {
  const readable = new Readable({ read() {} })
  gatherCrumbs(readable)
  return readable
}

const crumbs = (readable: Readable, text: string): readonly boolean[] =>
  [...text].map((character) => readable.push(Buffer.from(character)))

/** The chunks that wait, each as it would come. */
async function chunks(readable: Readable): Promise<readonly string[]> {
  const came: string[] = []
  readable.on('data', (chunk: Buffer) => came.push(chunk.toString()))
  await setImmediate()
  return came
}

test('the crumbs of a turn wait as one', async () => {
  const readable = source()
  crumbs(readable, 'abcdef')
  await setImmediate()
  crumbs(readable, 'ghi')
  await setImmediate()
  expect(await chunks(readable)).toEqual(['a', 'bcdef', 'ghi'])
})

test('one who reads as fast as they come gets each', async () => {
  const readable = source()
  const came = await chunks(readable)
  crumbs(readable, 'abc')
  expect(came).toEqual(['a', 'b', 'c'])
})

test('larger chunks, and the end, come behind the crumbs before them', async () => {
  const readable = source()
  crumbs(readable, 'abc')
  readable.push(Buffer.alloc(2000, 'x'))
  crumbs(readable, 'de')
  readable.push(null)
  expect(await chunks(readable)).toEqual(['a', 'bc', 'x'.repeat(2000), 'de'])
  expect(readable.readableEnded).toBe(true)
})

test('crumbs count for what the source holds', () => {
  const readable = source()
  const taken = crumbs(readable, 'x'.repeat(readable.readableHighWaterMark))
  expect(taken.indexOf(false)).toBe(readable.readableHighWaterMark - 1)
})
