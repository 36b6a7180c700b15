import { batch, record } from '../../../client/records.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { expectLadder, expectStamped, ladder, ladderTail, newLadder } from '../READ/ladder.ts'
import { untilFollowing } from '../READ/sessions.ts'
import { expectDone, readEvents, recordsOf } from './event-stream.ts'

export const setup: readonly Requirement[] = [
  requirement('SSE-001', 'Setup', async (context) => {
    const { expect } = context
    const stream = await newLadder(context)
    const { answer, text, events } = await readEvents(expect, stream, 'seq_num=0&count=4')
    expect.header(answer, 'content-type', /^text\/event-stream(\s*;\s*charset="?utf-8"?)?$/i)
    expect.that(/(\n\n|\r\n\r\n|\r\r)$/.test(text), 'a blank line ends the last event', text.slice(-20))
    expectDone(expect, events)
    expectStamped(expect, recordsOf(events), 0n, ladder.slice(0, 4))

    const sse = stream.over('sse')
    expectLadder(expect, await sse.read({ seqNum: 0n, count: 4n }), 0, 4)
    expectLadder(expect, await sse.read({ timestamp: 300n, until: 501n }), 2, 3)
    expectLadder(expect, await sse.read({ tailOffset: 3n, bytes: 40n }), 7, 2)
    expectLadder(expect, await sse.read({ seqNum: 99n, clamp: true, wait: 0 }), 10, 0)
  }),

  requirement('SSE-002', 'Errors before the stream starts', async (context) => {
    const { basin, expect, newStreamName } = context
    const stream = await newLadder(context)
    const get = (path: string) =>
      stream.raw({ method: 'GET', path, headers: { accept: 'text/event-stream' } })
    const refusals = [
      [await get(`${basin.stream(newStreamName()).recordsPath}?seq_num=0`), 404, 'stream_not_found'],
      [await get(`${stream.recordsPath}?seq_num=1&timestamp=1`), 422, 'invalid'],
      [await get(`${stream.recordsPath}?timestamp=5&until=5`), 422, 'invalid'],
      [await get(`${stream.recordsPath}?seq_num=-1`), 400, 'bad_query'],
      [await get(`${stream.recordsPath}?seq_num=11`), 416, { tail: ladderTail }],
      [await get(`${stream.recordsPath}?seq_num=10&count=1`), 416, { tail: ladderTail }],
    ] as const
    for (const [answer, status, body] of refusals) {
      expect.refused(answer, status, body)
      expect.header(answer, 'content-type', /^application\/json\b/)
    }
  }),

  requirement('SSE-020', 'Response is not compressed or buffered', async (context) => {
    const { expect, now } = context
    const stream = (await newLadder(context)).over('sse')
    const session = await stream.openRead({ seqNum: 0n }, { headers: { 'accept-encoding': 'gzip, zstd' } })
    expect.header(session, 'content-encoding', undefined)
    const opened = now()
    expect.records(await untilFollowing(expect, session), 0n, ladder)
    expect.that(now() - opened < 5000, 'the first events come without waiting for more', now() - opened)
    expect.ok(await stream.append(batch('live')))
    const appended = now()
    expect.records(await session.records(1), 10n, [record('live')])
    expect.that(now() - appended < 5000, 'a single small event is not held back', now() - appended)
    session.cancel()
  }),
]
