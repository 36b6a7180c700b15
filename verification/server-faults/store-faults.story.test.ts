import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { batch, record } from '../../client/records.ts'
import type { StreamClient } from '../../client/stream-client.ts'
import { checkHistory, type Judgement } from '../../conformance/history/check-history.ts'
import { describeFinding } from '../../conformance/history/finding.ts'
import { recordHistory } from '../../conformance/history/record-history.ts'
import type { Mix } from '../../conformance/history/workload.ts'
import { createRandom } from '../../kit/random.ts'
import { eventuallyElsewhere } from '../../reference-server/testing/eventually.ts'
import { watch } from '../../reference-server/testing/outcomes.ts'
import { type FaultyFiles, makeFaultyFiles, whyNoFaultyFiles } from './faulty-files.ts'
import { type LaunchedServer, launchServer } from './launched-server.ts'
import { makeSmallDisk, type SmallDisk, whyNoSmallDisk } from './small-disk.ts'

const MIX: Mix = { append: 6, conditional: 2, fenced: 1, fence: 1, read: 2, checkTail: 2 }
const CLIENTS = 6

/** Clients at work until they are told to stop; those without an answer wait until the server is back. */
class Load {
  operations = 0
  readonly judgement: Promise<Judgement>
  #over = false
  #back: PromiseWithResolvers<void> = Promise.withResolvers()

  constructor(stream: StreamClient) {
    const history = recordHistory({
      streams: (['json', 'protobuf', 's2s'] as const).map((transport) => stream.over(transport)),
      clients: CLIENTS,
      mix: MIX,
      random: createRandom(7),
      now: () => performance.now(),
      more: () => {
        this.operations++
        return !this.#over
      },
      recovered: () => this.#back.promise,
    })
    this.judgement = history.then(checkHistory)
    this.judgement.catch(() => this.back())
  }

  /** Until they have done so many operations more. */
  async goOn(more: number): Promise<void> {
    const wanted = this.operations + more
    await eventuallyElsewhere(
      async () => this.operations,
      (done) => done >= wanted,
    )
  }

  /** The server is back: whoever waits for it goes on. */
  back(): void {
    this.#back.resolve()
    this.#back = Promise.withResolvers()
  }

  stop(): Promise<Judgement> {
    this.#over = true
    this.back()
    return this.judgement
  }
}

/** Nothing is acknowledged any more, whatever is asked, and the server says that it is ill. */
async function expectFailStop({ context, health }: LaunchedServer, stream: StreamClient): Promise<void> {
  await eventuallyElsewhere(health, (status) => status === 503)
  for (const transport of ['json', 'protobuf', 's2s'] as const) {
    context.expect.refused(await stream.over(transport).append(batch('late')), 500, 'storage')
  }
  context.expect.refused(await context.account.ensureBasin(context.newBasinName()), 500, 'storage')
  expect(await health()).toBe(503)
}

function expectSound(judgement: Judgement): void {
  expect(judgement.verdict === 'violated' ? judgement.findings.map(describeFinding) : []).toEqual([])
  expect(judgement.verdict).toBe('linearizable')
}

const skipped = (why: string | undefined): string => (why === undefined ? '' : ` (skipped: ${why})`)

const noFaultyFiles = whyNoFaultyFiles()

describe.skipIf(noFaultyFiles !== undefined)(`a disk that fails${skipped(noFaultyFiles)}`, () => {
  let files: FaultyFiles
  let server: LaunchedServer
  let stream: StreamClient

  beforeEach(async () => {
    files = await makeFaultyFiles()
    server = await launchServer(files.directory, files.prefix)
    stream = await server.context.newStream()
  })

  afterEach(async () => {
    await server?.dispose()
    await files.remove()
  })

  const struck = (receipt: string, times = 1): Promise<number> =>
    eventuallyElsewhere(
      () => files.receipts(receipt),
      (count) => count >= times,
    )

  test.each([
    ['failed-sync', 'Input/output error'],
    ['short-write', 'No space left on device'],
  ] as const)(
    'a %s: nothing is acknowledged until a restart, and what was is whole and in place (APP-055, DUR-003)',
    async (order, why) => {
      const load = new Load(stream)
      await load.goOn(100)
      await files.order(order)
      await struck(order)
      await expectFailStop(server, stream)
      expect(await server.logged()).toMatch(new RegExp(`StoreError: .*${why}.*the store has failed`))
      await server.kill()
      await files.order('nothing')
      await server.start()
      load.back()
      await load.goOn(50)
      const judgement = await load.stop()
      expectSound(judgement)
      expect(judgement.evidence.unknown).toBeGreaterThan(0)
    },
  )

  test('a slow sync: no answer reveals a batch, not even a refusal, before the sync is done (DUR-001, TAIL-004)', async () => {
    await files.order('held-sync')
    const held = watch(stream.append(batch('a', 'b')))
    await struck('held-sync')
    const refused = watch(stream.append({ ...batch('c'), matchSeqNum: 7n }))
    const { expect: check } = server.context
    expect(check.ok(await stream.checkTail()).seqNum).toBe(0n)
    check.refused(await stream.read({ seqNum: 0n, count: 1n }), 416, {
      tail: { seqNum: 0n, timestamp: 0n },
    })
    expect([held.settled, refused.settled]).toEqual([false, false])
    await files.order('nothing')
    await eventuallyElsewhere(async () => held.settled && refused.settled, Boolean)
    expect(check.ok(held.outcome ?? expect.fail('no answer')).start.seqNum).toBe(0n)
    check.refused(refused.outcome ?? expect.fail('no answer'), 412, { seq_num_mismatch: 2n })
  })

  test('killed while a sync is slow: what was acknowledged is whole and in place (DUR-003, DUR-010)', async () => {
    const load = new Load(stream)
    for (let kill = 1; kill <= 3; kill++) {
      await load.goOn(50)
      await files.order('held-sync')
      await struck('held-sync', kill)
      await server.kill()
      await files.order('nothing')
      await server.start()
      load.back()
    }
    await load.goOn(50)
    const judgement = await load.stop()
    expectSound(judgement)
    expect(judgement.evidence.unknown).toBeGreaterThan(0)
  })

  test('the power goes: what was acknowledged had been synced (DUR-001, DUR-003)', async () => {
    const load = new Load(stream)
    let gone = 0
    for (let cut = 1; cut <= 3; cut++) {
      await load.goOn(50)
      await files.order('held-sync')
      await struck('held-sync', cut)
      await server.kill()
      await files.order('nothing')
      gone += await files.cutPower()
      await server.start()
      load.back()
    }
    await load.goOn(50)
    expectSound(await load.stop())
    expect(gone, 'bytes that had been written and not synced').toBeGreaterThan(0)
  })

  test('and a disk that only says it has synced is found out', async () => {
    const load = new Load(stream)
    await load.goOn(50)
    await files.order('lying-sync')
    await struck('lying-sync', 10)
    await server.kill()
    await files.order('nothing')
    expect(await files.cutPower()).toBeGreaterThan(0)
    await server.start()
    load.back()
    await load.goOn(50)
    expect((await load.stop()).verdict).toBe('violated')
  })
})

const noSmallDisk = whyNoSmallDisk()

describe.skipIf(noSmallDisk !== undefined)(`a disk that is full${skipped(noSmallDisk)}`, () => {
  let disk: SmallDisk
  let server: LaunchedServer

  beforeEach(async () => {
    disk = await makeSmallDisk()
    server = await launchServer(disk.directory, disk.prefix)
  })

  afterEach(async () => {
    await server?.dispose()
    await disk.remove()
  })

  test('nothing is acknowledged until there is room and a restart, and what was is whole and in place (APP-055, DUR-003)', async () => {
    const stream = await server.context.newStream()
    const other = await server.context.newStream()
    const load = new Load(stream)
    await load.goOn(50)
    const large = { records: [record(new Uint8Array(50_000))] }
    await eventuallyElsewhere(
      () => other.append(large),
      ({ status }) => status !== 200,
    )
    await expectFailStop(server, stream)
    expect(await server.logged()).toMatch(/StoreError: .*No space left on device.*the store has failed/)
    await server.kill()
    disk.grow()
    await server.start()
    load.back()
    await load.goOn(50)
    const judgement = await load.stop()
    expectSound(judgement)
    expect(judgement.evidence.unknown).toBeGreaterThan(0)
  })
})
