import type { AccountClient } from '../../../client/account-client.ts'
import type { Answer } from '../../../client/answer.ts'
import type { BasinClient } from '../../../client/basin-client.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import type { Expect } from '../../check/expect.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { whileBasinIsDeleted, whileStreamIsDeleted } from '../during-deletion.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A success by its status, a refusal by status and code. */
type Outcome = number | readonly [status: number, code: string]

/** What is asked, one after the other, and what comes. */
type Situation = readonly (readonly [Method, Outcome])[]

const NO_BASIN: Outcome = [404, 'basin_not_found']

const NO_STREAM: Outcome = [404, 'stream_not_found']

const BASIN_GOING: Outcome = [409, 'basin_deletion_pending']

const STREAM_GOING: Outcome = [409, 'stream_deletion_pending']

const EXISTS: Outcome = [409, 'resource_already_exists']

const OF_BASIN = {
  missing: [
    ['GET', NO_BASIN],
    ['PATCH', NO_BASIN],
    ['DELETE', NO_BASIN],
    ['POST', 201],
  ],
  missingForPut: [['PUT', 201]],
  existing: [
    ['GET', 200],
    ['POST', EXISTS],
    ['PUT', 200],
    ['PATCH', 200],
    ['DELETE', 202],
  ],
  deleting: [
    ['GET', 200],
    ['POST', BASIN_GOING],
    ['PUT', BASIN_GOING],
    ['PATCH', BASIN_GOING],
    ['DELETE', 202],
  ],
} as const satisfies Readonly<Record<string, Situation>>

const OF_STREAM = {
  inMissingBasin: [
    ['GET', NO_STREAM],
    ['DELETE', NO_STREAM],
    ['POST', NO_BASIN],
    ['PUT', NO_BASIN],
    ['PATCH', NO_BASIN],
  ],
  inDeletingBasin: [
    ['POST', BASIN_GOING],
    ['PUT', BASIN_GOING],
    ['PATCH', BASIN_GOING],
  ],
  missing: [
    ['GET', NO_STREAM],
    ['PATCH', NO_STREAM],
    ['DELETE', NO_STREAM],
    ['POST', 201],
  ],
  missingForPut: [['PUT', 201]],
  existing: [
    ['GET', 200],
    ['POST', EXISTS],
    ['PUT', 200],
    ['PATCH', 200],
    ['DELETE', 202],
  ],
  deleting: [
    ['GET', STREAM_GOING],
    ['POST', STREAM_GOING],
    ['PUT', STREAM_GOING],
    ['PATCH', STREAM_GOING],
    ['DELETE', 202],
  ],
} as const satisfies Readonly<Record<string, Situation>>

export const situations: readonly Requirement[] = [
  requirement('CP-ERR-008', 'Code by situation', { needs: ['basins'] }, async (context) => {
    const { account, basin, newBasin, newBasinName, newStream, newStreamName, expect } = context
    const ofBasin = (name: string, situation: Situation) => askInOrder(aboutBasin(account, name), situation)
    const ofStream = (of: BasinClient, name: string, situation: Situation) =>
      askInOrder(aboutStream(of, name), situation)
    // At once: none of these changes what the others are answered, and a deletion does not wait.
    const askBoth = (deleting: BasinClient, stream: string) =>
      Promise.all([
        askAtOnce(aboutBasin(account, deleting.name), OF_BASIN.deleting),
        askAtOnce(aboutStream(deleting, stream), OF_STREAM.inDeletingBasin),
      ])
    await whileBasinIsDeleted(context, newBasin, askBoth, ([ofIt, ofItsStream]) => {
      expectOutcomes(expect, ofIt, OF_BASIN.deleting)
      expectOutcomes(expect, ofItsStream, OF_STREAM.inDeletingBasin)
    })
    const askPending = ({ name }: StreamClient) => askAtOnce(aboutStream(basin, name), OF_STREAM.deleting)
    await whileStreamIsDeleted(context, basin, newStream, askPending, (answers) =>
      expectOutcomes(expect, answers, OF_STREAM.deleting),
    )
    const unknown = account.basin(newBasinName())
    for (const [answers, situation] of [
      [await ofBasin(newBasinName(), OF_BASIN.missing), OF_BASIN.missing],
      [await ofBasin(newBasinName(), OF_BASIN.missingForPut), OF_BASIN.missingForPut],
      [await ofBasin((await newBasin()).name, OF_BASIN.existing), OF_BASIN.existing],
      [await ofStream(unknown, newStreamName(), OF_STREAM.inMissingBasin), OF_STREAM.inMissingBasin],
      [await ofStream(basin, newStreamName(), OF_STREAM.missing), OF_STREAM.missing],
      [await ofStream(basin, newStreamName(), OF_STREAM.missingForPut), OF_STREAM.missingForPut],
      [await ofStream(basin, (await newStream()).name, OF_STREAM.existing), OF_STREAM.existing],
    ] as const) {
      expectOutcomes(expect, answers, situation)
    }
    expect.refused(await unknown.listStreams(), 404, 'basin_not_found')
  }),

  requirement('CP-ERR-006', 'Precedence', { needs: ['basins'] }, async (context) => {
    const { account, basin, newBasin, newBasinName, newStream, newStreamName, expect } = context
    const zero = '{"retention_policy":{"age":0}}'
    const { name } = await newStream()
    const unknown = account.basin(newBasinName())
    const withToken = { 's2-request-token': 't'.repeat(37) }
    for (const [answer, status, code] of [
      [
        await basin.raw({ method: 'POST', path: '/streams', headers: withToken, body: '{' }),
        400,
        'bad_header',
      ],
      [await basin.raw({ method: 'PUT', path: '/streams/%FF', body: '{' }), 400, 'bad_path'],
      [await unknown.raw({ method: 'GET', path: '/streams?limit=x' }), 400, 'bad_query'],
      [await unknown.raw({ method: 'PATCH', path: `/streams/${name}`, body: '{' }), 400, 'bad_json'],
      [await unknown.raw({ method: 'PATCH', path: `/streams/${name}`, body: zero }), 422, 'invalid'],
      [await basin.raw({ method: 'PATCH', path: `/streams/${newStreamName()}`, body: zero }), 422, 'invalid'],
      [await basin.createStream(name, { retention_policy: { age: 0 } }), 422, 'invalid'],
      [await unknown.createStream(name), 404, 'basin_not_found'],
      [await unknown.reconfigureStream(newStreamName(), {}), 404, 'basin_not_found'],
      [await basin.createStream(name), 409, 'resource_already_exists'],
    ] as const) {
      expect.refused(answer, status, code)
    }
    const askBasin = (deleting: BasinClient, stream: string) =>
      Promise.all([
        deleting.raw({ method: 'PUT', path: `/streams/${stream}`, body: zero }),
        deleting.createStream(stream),
        deleting.reconfigureStream(newStreamName(), {}),
      ])
    await whileBasinIsDeleted(context, newBasin, askBasin, ([invalid, ...refused]) => {
      expect.refused(invalid, 422, 'invalid')
      for (const answer of refused) expect.refused(answer, 409, 'basin_deletion_pending')
    })
    const askStream = (stream: StreamClient) =>
      Promise.all([
        basin.raw({ method: 'PUT', path: `/streams/${stream.name}`, body: zero }),
        basin.createStream(stream.name),
      ])
    await whileStreamIsDeleted(context, basin, newStream, askStream, ([semantic, duplicate]) => {
      expect.refused(semantic, 422, 'invalid')
      expect.refused(duplicate, 409, 'stream_deletion_pending')
    })
  }),

  requirement('CP-ERR-007', 'Errors are JSON', async (context) => {
    const { account, basin, newBasinName, newStream, newStreamName, expect } = context
    const { name } = await newStream()
    const unknown = `/streams/${newStreamName()}`
    for (const type of ['application/protobuf', 'application/x-protobuf']) {
      const [accept, content] = [{ accept: type }, { accept: type, 'content-type': type }]
      const records = `/streams/${name}/records`
      for (const [answer, status, code] of [
        [
          await account.raw({ method: 'GET', path: `/basins/${newBasinName()}`, headers: accept }),
          404,
          'basin_not_found',
        ],
        [await basin.raw({ method: 'GET', path: unknown, headers: accept }), 404, 'stream_not_found'],
        [
          await basin.raw({ method: 'POST', path: '/streams', headers: content, body: '{}' }),
          400,
          'bad_json',
        ],
        [
          await basin.raw({ method: 'GET', path: `${unknown}/records?seq_num=0`, headers: accept }),
          404,
          'stream_not_found',
        ],
        [
          await basin.raw({ method: 'POST', path: records, headers: content, body: Uint8Array.of(0xff) }),
          400,
          'bad_proto',
        ],
        [await basin.raw({ method: 'GET', path: `${records}?seq_num=x`, headers: accept }), 400, 'bad_query'],
      ] as const) {
        expect.refused(answer, status, code)
        expect.header(answer, 'content-type', /^application\/json\b/)
      }
      const beyond = await basin.raw({ method: 'GET', path: `${records}?seq_num=9`, headers: accept })
      expect.refused(beyond, 416, { tail: { seqNum: 0n, timestamp: 0n } })
      expect.header(beyond, 'content-type', /^application\/json\b/)
    }
  }),
]

type Asks = Readonly<Record<Method, () => Promise<Answer<unknown>>>>

const aboutBasin = (account: AccountClient, name: string): Asks => ({
  GET: () => account.getBasinConfig(name),
  POST: () => account.createBasin(name),
  PUT: () => account.ensureBasin(name),
  PATCH: () => account.reconfigureBasin(name, {}),
  DELETE: () => account.deleteBasin(name),
})

const aboutStream = (basin: BasinClient, name: string): Asks => ({
  GET: () => basin.getStreamConfig(name),
  POST: () => basin.createStream(name),
  PUT: () => basin.ensureStream(name),
  PATCH: () => basin.reconfigureStream(name, {}),
  DELETE: () => basin.deleteStream(name),
})

async function askInOrder(asks: Asks, situation: Situation): Promise<readonly Answer<unknown>[]> {
  const answers: Answer<unknown>[] = []
  for (const [method] of situation) answers.push(await asks[method]())
  return answers
}

const askAtOnce = (asks: Asks, situation: Situation): Promise<readonly Answer<unknown>[]> =>
  Promise.all(situation.map(([method]) => asks[method]()))

function expectOutcomes(expect: Expect, answers: readonly Answer<unknown>[], situation: Situation): void {
  expect.equal(answers.length, situation.length, 'answers')
  for (const [index, answer] of answers.entries()) {
    const [, outcome = 0] = situation[index] ?? []
    if (typeof outcome === 'number') expect.status(answer, outcome)
    else expect.refused(answer, ...outcome)
  }
}
