import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { messageOf } from '../../kit/message-of.ts'
import type { Held } from '../exhaustion/subject.ts'
import { type Subject, startSubject } from '../exhaustion/subject-process.ts'
import { chanceOf } from './chance.ts'
import { type Item, KINDS, type Kind } from './kinds.ts'
import { BASIN } from './requests.ts'

export interface GarbageOptions {
  readonly seed: number
  /** About; every kind has its share. */
  readonly requests: number
  /** Only this one: `KIND:INDEX`. */
  readonly only?: string
}

export interface GarbageReport {
  readonly requests: number
  /** By kind, and by what came of it. */
  readonly counts: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** What did not hold, each with what makes it again. */
  readonly failures: readonly string[]
  /** After the first tenth, and at the end. */
  readonly warm: Held
  readonly after: Held
}

/** Sends wild requests and frames to a server of their own, some connections at a time. */
export async function runGarbage(options: GarbageOptions): Promise<GarbageReport> {
  const dataDir = await mkdtemp(join(tmpdir(), 's2-garbage-'))
  const subject = await startSubject({ dataDir, server: { backend: { idleTime: 1000 } } })
  try {
    await createBasin(subject.url)
    return await send(subject, options)
  } finally {
    await subject.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function createBasin(url: string): Promise<void> {
  const answer = await fetch(`${url}/v1/basins/${BASIN}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '{"config":{"create_stream_on_append":true,"create_stream_on_read":true}}',
  })
  await answer.arrayBuffer()
}

async function send(subject: Subject, { seed, requests, only }: GarbageOptions): Promise<GarbageReport> {
  const counts = new Map(KINDS.map(({ name }) => [name, new Map<string, number>()] as const))
  const failures: string[] = []
  let sent = 0
  const sendOne = async ([kind, index]: Place): Promise<void> => {
    const item = kind.make(chanceOf(seed, kind.name, index))
    sent += item.requests
    try {
      for (const fate of await item.run(subject.url)) {
        count(counts.get(kind.name), fate)
        if (isFault(fate)) throw new Error(`answered ${fate}`)
      }
    } catch (error) {
      failures.push(describe(error, seed, kind, index, item))
    }
  }
  const places = only === undefined ? plan(requests) : [placeOf(only)]
  const tenth = Math.ceil(places.length / 10)
  await inParallel(places.slice(0, tenth), sendOne)
  const warm = await settled(subject)
  await inParallel(places.slice(tenth), sendOne)
  const after = await settled(subject)
  for (const fault of [...warm.faults, ...after.faults]) failures.push(`the server says: ${fault}`)
  return { requests: sent, counts, failures, warm, after }
}

type Place = readonly [kind: Kind, index: number]

/** Kinds are mixed, so that they get into each other's way. An item has three requests, about. */
function plan(requests: number): readonly Place[] {
  const places = KINDS.flatMap((kind) => {
    const items = Math.ceil((requests * kind.share) / (kind.name === 'S2S frames' ? 1 : 3))
    return Array.from({ length: items }, (_, index): Place => [kind, index])
  })
  const chance = chanceOf(places.length, 'plan', 0)
  return places
    .map((place) => ({ place, at: chance.int(2 ** 30) }))
    .sort((one, other) => one.at - other.at)
    .map(({ place }) => place)
}

function placeOf(only: string): Place {
  const [, name, index] = /^(.*):(\d+)$/.exec(only) ?? []
  const kind = KINDS.find((other) => other.name === name)
  if (kind === undefined)
    throw new Error(`--only takes one of ${KINDS.map((other) => `"${other.name}:0"`).join(', ')}`)
  return [kind, Number(index)]
}

async function inParallel(places: readonly Place[], sendOne: (place: Place) => Promise<void>): Promise<void> {
  const left = places.values()
  const work = async (): Promise<void> => {
    for (const place of left) await sendOne(place)
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, work))
}

const CONNECTIONS = 16

/** The connections take a moment to go, and streams that nobody uses. */
async function settled(subject: Subject): Promise<Held> {
  const faults: string[] = []
  for (let turn = 0; ; turn++) {
    const held = await subject.held()
    faults.push(...held.faults)
    if (turn >= 30 || (turn >= 3 && held.sockets <= 1)) return { ...held, faults }
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

/** 501 is an answer: not everything of the API is served. */
const isFault = (fate: string): boolean => /\b5\d\d\b/.test(fate) && !fate.includes('501')

function count(counts: Map<string, number> | undefined, fate: string): void {
  counts?.set(fate, (counts.get(fate) ?? 0) + 1)
}

function describe(error: unknown, seed: number, { name }: Kind, index: number, { bytes }: Item): string {
  const what = messageOf(error)
  const sent = JSON.stringify(Buffer.from(bytes).toString('latin1').slice(0, 3000))
  return `${what}\n  again: npm run verify -- fuzz --seed ${seed} --only "${name}:${index}"\n  sent: ${sent}`
}
