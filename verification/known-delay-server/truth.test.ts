import { describe, expect, test } from 'vitest'
import { valueAt } from '../../load/measure/counts.ts'
import { runThreads } from '../../load/run/coordinator/coordinator.ts'
import { parseWorkload, type WorkloadFields } from '../../load/workload/parse.ts'
import { createDelays, type Stall, stalledQuantile } from './delays.ts'
import { DueList } from './due-list.ts'
import { readTruthLog } from './truth-log.ts'
import { startTruthServer } from './truth-server.ts'

test('what is due happens by time, whatever the order in which it came', () => {
  const list = new DueList()
  const happened: (number | undefined)[] = []
  for (const at of [5, 1, 4, 4, 9, 0]) list.add({ at })
  while (list.next <= 5) happened.push(list.take()?.at)
  expect(happened).toEqual([0, 1, 4, 4, 5])
  expect(list.next).toBe(9)
  // More than are kept behind.
  for (let at = 10; at < 20_000; at++) list.add({ at })
  for (let at = 9; at < 20_000; at++) expect(list.take()?.at).toBe(at)
  expect(list.take()).toBeUndefined()
})

test('the calculation of a stall agrees with the sorted waits of requests that come evenly', () => {
  const [seconds, perSecond, delayUs, stall] = [20, 1000, 2000, { fromUs: 5_000_000, lengthUs: 1_000_000 }]
  const waits = Array.from({ length: seconds * perSecond }, (_, index) => {
    const at = (index * 1_000_000) / perSecond
    const isStalled = at >= stall.fromUs && at < stall.fromUs + stall.lengthUs
    return delayUs + (isStalled ? stall.fromUs + stall.lengthUs - at : 0)
  }).toSorted((a, b) => a - b)
  for (const quantile of [0.5, 0.9, 0.96, 0.99, 0.999]) {
    const sorted = waits[Math.ceil(quantile * waits.length) - 1] ?? 0
    expect(Math.abs(stalledQuantile(quantile, seconds, delayUs, stall.lengthUs) - sorted)).toBeLessThan(3000)
  }
})

test('delays have the median that they are given', () => {
  const next = createDelays({ kind: 'lognormal', medianUs: 2000, sigma: 0.5, seed: 4 })
  const all = Array.from({ length: 10_001 }, next).toSorted((a, b) => a - b)
  expect(Math.abs((all[5000] ?? 0) - 2000)).toBeLessThan(60)
})

/** A load on a server that is as slow as it wants to be, and the quantiles of its response times in microseconds. */
async function measure(fields: WorkloadFields, delayUs: number, stall?: Stall) {
  const server = await startTruthServer({
    delays: { kind: 'constant', us: delayUs },
    ...(stall && { stall }),
  })
  const given = { batch: 1, 'record-size': 64, readers: 0, 'catch-up': 0, warmup: 0, ...fields }
  try {
    const load = await runThreads({
      workload: parseWorkload(given, 'truth'),
      place: { origin: `http://127.0.0.1:${server.http2Port}`, prefix: '/v1', headers: {} },
      streams: ['s'],
      tag: 1,
      traced: 10_000,
      interrupted: new AbortController().signal,
      onTick() {},
      tailOf: () => Promise.resolve(0),
    })
    const { response, service } = load.end.timed
    return {
      count: response.count,
      response: (quantile: number) => valueAt(response, quantile) ?? 0,
      service: (quantile: number) => valueAt(service, quantile) ?? 0,
      traced: load.traces.flatMap((trace) => [...trace]),
      logged: readTruthLog(server.log.bytes()),
    }
  } finally {
    server.close()
  }
}

test('what the server logs of each append lies between its sending and its end, on one clock', async () => {
  const { traced, logged } = await measure({ rate: 500, duration: 1 }, 1000)
  expect(logged.length).toBe(500)
  expect(traced.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual(
    logged.map((_row, index) => index),
  )
  const outOfOrder = traced
    .map(({ index, intendedUs, sentUs, endedUs }) => {
      const { arrivedUs = 0, dueUs = 0, writtenUs = 0 } = logged[index] ?? {}
      return { index, times: [intendedUs, sentUs, arrivedUs, dueUs, writtenUs, endedUs] }
    })
    .filter(({ times }) => times.some((time, at) => !(time >= (times[at - 1] ?? 0))))
  expect(outOfOrder).toEqual([])
})

describe('a server that stalls is reported', () => {
  const stall = { fromUs: 500_000, lengthUs: 1_000_000 }
  test.each(['s2s', 'h2-proto'])('in an open loop over %s', async (transport) => {
    const { count, response } = await measure({ transport, rate: 200, duration: 2 }, 1000, stall)
    expect(count).toBe(400)
    // Half of all requests were planned for the second in which nothing was answered, and waited for half of it in the mean.
    expect(response(0.75)).toBeGreaterThan(stalledQuantile(0.7, 2, 1000, stall.lengthUs))
    expect(response(0.99)).toBeGreaterThan(stalledQuantile(0.97, 2, 1000, stall.lengthUs))
    expect(response(0.1)).toBeGreaterThan(1000)
  })

  test('while one who waits for each answer hardly sees it', async () => {
    const { response, logged } = await measure({ transport: 'h2-proto', closed: 1, duration: 2 }, 1000, stall)
    // By the server's own plan, in which a thread that is late has no part.
    const heldBack = logged
      .map(({ arrivedUs, dueUs }) => dueUs - arrivedUs)
      .filter((delayUs) => delayUs > 2000)
    expect(heldBack.length).toBeLessThanOrEqual(1)
    expect(response(1)).toBeGreaterThanOrEqual(Math.max(1000, ...heldBack) * 0.999)
  })
})
