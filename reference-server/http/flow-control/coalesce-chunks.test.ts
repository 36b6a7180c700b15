import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { coalesceChunks } from './coalesce-chunks.ts'
import { Turns } from './turns.ts'

function source(highWaterMark = 65_536, turns = new Turns()): Readable {
  const readable = new Readable({ highWaterMark, read() {} })
  coalesceChunks(readable, turns)
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
  const readable = source(300)
  const taken = crumbs(readable, 'x'.repeat(300))
  expect(taken.indexOf(false)).toBe(299)
})

test('many crumbs wait for their turn, even where they are read as they come, and no more is asked for', async () => {
  const turns = new Turns()
  const [one, other] = [source(65_536, turns), source(65_536, turns)]
  const cameOf = [await chunks(one), await chunks(other)]
  const taken = [one, other].map((readable) => crumbs(readable, 'x'.repeat(600)))
  expect(taken.map((each) => each.indexOf(false))).toEqual([512, 512])
  const lengths = () => cameOf.map((came) => came.join('').length)
  expect(lengths()).toEqual([512, 512])
  await turns.next()
  expect(lengths()).toEqual([600, 600])
  expect(cameOf.map((came) => came.at(-1)?.length)).toEqual([88, 88])
  crumbs(one, 'yz')
  expect(cameOf[0]?.slice(-2)).toEqual(['y', 'z'])
})
