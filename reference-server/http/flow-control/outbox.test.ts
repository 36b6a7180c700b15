import { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { Outbox } from './outbox.ts'

/** An answer whose client takes nothing more while `isFull`, and all that was written to it. */
class Answer extends ServerResponse {
  isFull = false
  readonly written: string[] = []

  constructor() {
    super(Object.assign(Object.create(null), { method: 'POST', httpVersionMajor: 1, httpVersionMinor: 1 }))
  }

  override write(chunk: unknown): boolean {
    this.written.push(Buffer.from(chunk instanceof Uint8Array ? chunk : []).toString())
    return !this.isFull
  }
}

interface Opened {
  readonly answer: Answer
  readonly outbox: Outbox
  readonly left: AbortController
  /** What is held for the client: bytes, or undefined when it has taken all. */
  readonly held: () => number | undefined
}

function open(): Opened {
  const answer = new Answer()
  const left = new AbortController()
  let held: number | undefined
  const unsent = {
    paced: () => expect.unreachable('nothing is read here'),
    waits(bytes: number) {
      held = bytes
    },
    taken() {
      held = undefined
    },
  }
  return { answer, outbox: new Outbox(answer, unsent, left.signal), left, held: () => held }
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const tick = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve))

test('the parts of a turn go out as one, in their order', async () => {
  const { answer, outbox, held } = open()
  outbox.put([bytes('a'), bytes('b')])
  outbox.put([bytes('c')])
  expect(answer.written).toEqual([])
  await tick()
  outbox.put([bytes('d')])
  await tick()
  expect(answer.written).toEqual(['abc', 'd'])
  expect([outbox.taken(), held()]).toEqual([undefined, undefined])
})

test('while the client takes nothing, they wait as one, and somebody may wait for it', async () => {
  const { answer, outbox, held } = open()
  answer.isFull = true
  outbox.put([bytes('a')])
  await tick()
  const taken = outbox.taken()
  expect(taken).toBeInstanceOf(Promise)
  expect(held()).toBeGreaterThan(0)
  for (const text of ['b', 'c', 'd']) {
    outbox.put([bytes(text)])
    await tick()
  }
  expect(answer.written).toEqual(['a'])
  answer.emit('drain')
  expect([answer.written, outbox.taken()]).toEqual([['a', 'bcd'], taken])
  answer.isFull = false
  answer.emit('drain')
  await taken
  expect([outbox.taken(), held()]).toEqual([undefined, undefined])
})

test('before the end, all of it is handed over', async () => {
  const { answer, outbox } = open()
  answer.isFull = true
  outbox.put([bytes('a')])
  await tick()
  outbox.put([bytes('b')])
  const taken = outbox.taken()
  outbox.empty()
  await taken
  expect(answer.written).toEqual(['a', 'b'])
})

test('nobody waits for a client that has left, and nothing goes to it', async () => {
  const { answer, outbox, left } = open()
  answer.isFull = true
  outbox.put([bytes('a')])
  await tick()
  const taken = outbox.taken()
  left.abort()
  await taken
  outbox.put([bytes('b')])
  outbox.empty()
  expect(answer.written).toEqual(['a'])
})
