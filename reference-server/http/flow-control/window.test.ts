import { expect, test } from 'vitest'
import { settle } from '../../testing/fake-clock.ts'
import { whenAborted } from './session-end.ts'
import { Window } from './window.ts'

async function entered(promise: Promise<boolean>): Promise<boolean> {
  let done = false
  void promise.then((entered) => {
    done = entered
  })
  await settle()
  return done
}

test('holds back what exceeds the limit, until there is room', async () => {
  const window = new Window(10)
  await window.enter(4)
  await window.enter(6)
  const waiting = window.enter(1)
  expect(await entered(waiting)).toBe(false)
  window.leave(4)
  expect(await entered(waiting)).toBe(true)
})

test('keeps the order of arrival: a light one does not overtake a heavy one', async () => {
  const window = new Window(10)
  await window.enter(6)
  const heavy = window.enter(8)
  const light = window.enter(1)
  expect(await entered(light)).toBe(false)
  window.leave(6)
  expect(await entered(heavy)).toBe(true)
  expect(await entered(light)).toBe(true)
})

test('lets one alone in, whatever it weighs', async () => {
  const window = new Window(10)
  await window.enter(100)
  const next = window.enter(1)
  expect(await entered(next)).toBe(false)
  window.leave(100)
  expect(await entered(next)).toBe(true)
})

test('who leaves the line makes place for those behind', async () => {
  const window = new Window(10)
  await window.enter(6)
  const client = new AbortController()
  const heavy = window.enter(8, whenAborted(client.signal))
  const light = window.enter(4)
  expect(await entered(light)).toBe(false)
  client.abort()
  expect(await heavy).toBe(false)
  expect(await entered(light)).toBe(true)
  expect(await entered(window.enter(1))).toBe(false)
})

test('who has left already does not enter', async () => {
  const window = new Window(10)
  expect(await window.enter(1, whenAborted(AbortSignal.abort()))).toBe(false)
  expect(window.hasRoom(10)).toBe(true)
})

test('lets in no more than so many, however light they are, and all of the limit for heavy ones', async () => {
  const window = new Window(10, 2)
  await window.enter(1)
  await window.enter(1)
  const third = window.enter(1)
  expect(await entered(third)).toBe(false)
  window.leave(1)
  expect(await entered(third)).toBe(true)
  window.leave(1)
  window.leave(1)
  expect([window.hasRoom(10), window.hasRoom(0)]).toEqual([true, true])
  await window.enter(10)
  expect(window.hasRoom(0)).toBe(false)
})
