import { existsSync } from 'node:fs'
import { s2Binary } from '../../clients/s2-cli.ts'
import { S2_CLI } from '../../clients/versions.ts'
import { openWorkshop } from '../../clients/workshop.ts'
import { measureS2Bench, measureS2Load, type Setting } from './incumbent-runs.ts'
import type { Part, Say } from './part.ts'
import { inRounds, type Measured, ratioOf, ratioText, spreadText, valuesOf } from './rounds.ts'

const SECONDS = 4

/**
 * Records of the size that `s2 bench` has by default, 8 KiB metered. A batch has about as many as its SDK gathers in its
 * 5 ms at that rate, and at full speed as many bytes are under way as it allows, 5 MiB; it reads and writes over one
 * connection.
 */
const SETTINGS: readonly Setting[] = [
  {
    name: '10 MiB/s',
    mebibytes: 10,
    load: ['--share-connections', '--rate', '1280records/s', '--batch', '6'],
  },
  {
    name: 'as fast as it goes',
    mebibytes: 10_000,
    load: ['--share-connections', '--closed', '8', '--batch', '80'],
  },
]

/** Beside the load tool that comes with S2's own command line, on the same server. */
export const incumbent: Part = {
  name: 'incumbent',
  about: 'appends, tail and catch-up of s2-lite in memory, as s2-load and `s2 bench` reach and measure them',
  async run(say, { rounds }) {
    const binary = s2Binary(openWorkshop(false))
    if (!existsSync(binary)) {
      say(`  SKIPPED: s2 ${S2_CLI} is not built here yet; npm run verify -- clients bench builds it`)
      return
    }
    say(
      `${rounds} rounds of ${SECONDS} s, each on a fresh server, forth and back by turns; MiB/s of 8 KiB records, metered; at least 1.00`,
    )
    for (const setting of SETTINGS) {
      const measured = await inRounds(rounds, [
        { name: 's2 bench', measure: () => measureS2Bench(binary, setting, SECONDS) },
        { name: 's2-load', measure: () => measureS2Load(binary, setting, SECONDS) },
      ])
      table(say, setting, measured)
    }
    say(
      '  s2-load also says: the response from the moment that was planned and not from the one at which there was room; that every',
    )
    say(
      '  acknowledged record was read once, in order and byte by byte, on any number of streams and writers; whether the generator kept up.',
    )
  },
}

function table(say: Say, { name }: Setting, measured: ReadonlyMap<string, Measured>): void {
  const of = (tool: string, number: string): number[] => valuesOf(measured, tool, number)
  say(`  ${name}`)
  for (const [number, what] of [
    ['append', 'append'],
    ['tail', 'tail'],
    ['catchUp', 'catch-up'],
  ] as const) {
    const [ours, theirs] = [of('s2-load', number), of('s2 bench', number)]
    say(
      `    ${what.padEnd(9)} s2-load ${spreadText(ours).padEnd(22)} s2 bench ${spreadText(theirs).padEnd(22)} ${ratioText(ratioOf(ours, theirs))} times as much`,
    )
  }
  for (const [number, what] of [
    ['ackP90', 'ack, p90'],
    ['e2eP90', 'end to end, p90'],
  ] as const)
    say(
      `    ${what}: s2-load ${spreadText(of('s2-load', number))} ms, s2 bench ${spreadText(of('s2 bench', number))} ms`,
    )
}
