import type { Socket } from 'node:net'
import type { Clock } from '../../kit/clock.ts'
import type { Pair } from '../wire/break-together.ts'
import { choosePlan, type Fault, type Plan } from './plan.ts'
import { type Address, openRelay, type Relay } from './relay.ts'

/** How often each fault met an exchange; one that was planned and met none is not counted. */
export type Receipts = Readonly<Record<Fault, number>> & { readonly connections: number }

/** Connections through here are delayed, stalled and cut, by chance that is seeded. */
export interface FaultProxy {
  /** Where to connect to in place of `target`; stands in for it until the proxy is closed. */
  through(target: Address): Promise<Address>
  receipts(): Receipts
  close(): Promise<void>
}

export function createFaultProxy(random: () => number, clock: Clock): FaultProxy {
  const counts = { connections: 0, delay: 0, stall: 0, 'cut-request': 0, 'cut-answer': 0 }
  const doors = new Map<string, Promise<Relay>>()
  const open = (target: Address): Promise<Relay> =>
    openRelay(target, (pair) => {
      counts.connections++
      pass(pair, {
        choose: () => choosePlan(random),
        fired: (fault) => void counts[fault]++,
        later: (milliseconds) => new Promise((resolve) => void clock.after(milliseconds, resolve)),
      })
    })
  return {
    async through(target) {
      const key = `${target.host}:${target.port}`
      const door = doors.get(key) ?? open(target)
      doors.set(key, door)
      return (await door).address
    },
    receipts: () => ({ ...counts }),
    async close() {
      for (const door of await Promise.allSettled(doors.values()))
        if (door.status === 'fulfilled') door.value.close()
    },
  }
}

/** Pieces of one long answer that count as a turn, so that sessions which only answer meet their faults too. */
const PIECES_A_TURN = 6

interface Passing {
  readonly choose: () => Plan
  readonly fired: (fault: Fault) => void
  readonly later: (milliseconds: number) => Promise<void>
}

/** Joins two sockets, with what is planned in between: one plan after the other, until one ends the connection. */
function pass({ client, upstream }: Pair, { choose, fired, later }: Passing): void {
  let plan = choose()
  let turn = 0
  let pieces = 0
  let isAnswering = true
  const cut = (fault: Fault): void => {
    fired(fault)
    client.destroy()
    upstream.destroy()
  }
  const takeTurn = (): void => {
    pieces = 0
    turn++
    if (turn <= plan.turn) return
    turn = 1
    plan = choose()
  }

  join(client, upstream, async (bytes) => {
    if (isAnswering) takeTurn()
    isAnswering = false
    if (plan.fault === 'delay') await later(plan.milliseconds)
    if (plan.fault !== 'cut-request' || turn !== plan.turn) return bytes
    await sendPart(upstream, bytes, plan.part)
    cut('cut-request')
    return undefined
  })
  join(upstream, client, async (bytes) => {
    const isFirst = !isAnswering
    isAnswering = true
    if (++pieces > PIECES_A_TURN) takeTurn()
    if (plan.fault === 'delay') {
      if (isFirst) fired('delay')
      await later(plan.milliseconds)
    }
    if (plan.fault === 'stall' && turn === plan.turn && isFirst) {
      fired('stall')
      await later(plan.milliseconds)
    }
    if (plan.fault !== 'cut-answer' || turn !== plan.turn) return bytes
    await sendPart(client, bytes, plan.part)
    cut('cut-answer')
    return undefined
  })
}

/** Piece by piece and in order: none is read before the one before it has gone out. Undefined is the end of it. */
function join(from: Socket, to: Socket, treat: (bytes: Buffer) => Promise<Buffer | undefined>): void {
  from.on('data', (bytes: Buffer) => {
    from.pause()
    void treat(bytes).then((treated) => {
      if (treated === undefined || to.destroyed) return
      to.write(treated, () => from.resume())
    })
  })
  from.once('end', () => to.end())
}

function sendPart(to: Socket, bytes: Buffer, part: number): Promise<void> {
  return new Promise((resolve) => {
    to.write(bytes.subarray(0, Math.floor(bytes.length * part)), () => resolve())
  })
}
