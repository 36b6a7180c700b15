import { expect, test } from 'vitest'
import { ConformanceFailure } from '../../client/failures.ts'
import type { StreamClient } from '../../client/stream-client.ts'
import { appendInSession } from './append-session.ts'
import { Follower } from './follower.ts'
import { OperationLog } from './operation-log.ts'

const failure = new ConformanceFailure({
  subject: 'the session',
  expected: 'frames of S2S',
  actual: 'blanks',
})

/** A stream whose sessions cannot be read. */
const unreadable = {
  openAppendAnswer: () => Promise.reject(failure),
  openReadAnswer: () => Promise.reject(failure),
} as Pick<StreamClient, 'openAppendAnswer' | 'openReadAnswer'> as StreamClient

const notebook = (): OperationLog => new OperationLog(() => 0)
const batches = [{ action: 'append', bodies: ['a'] }] as const

test('an append session that cannot be read is reported, and ends nothing', async () => {
  const found: ConformanceFailure[] = []
  const report = (each: ConformanceFailure): void => void found.push(each)
  expect(await appendInSession(unreadable, batches, notebook(), 0, report)).toEqual([])
  expect(found).toEqual([failure])
  await expect(appendInSession(unreadable, batches, notebook(), 0)).rejects.toBe(failure)
})

test('a follower that cannot read its session reports it, and opens another', async () => {
  const found: ConformanceFailure[] = []
  const follower: Follower = new Follower({
    stream: unreadable,
    client: 0,
    notebook: notebook(),
    pause: async () => {
      if (found.length === 3) follower.stop()
    },
    onUnreadable: (each) => void found.push(each),
  })
  await follower.run()
  expect(found).toEqual([failure, failure, failure])
})
