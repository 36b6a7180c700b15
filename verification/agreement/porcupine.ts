import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkHistory } from '../../conformance/history/check-history.ts'
import { exportPorcupine, loadHash } from '../../conformance/history/export-porcupine.ts'
import type { History } from '../../conformance/history/operation.ts'
import { wholeNumber } from '../../kit/cli/whole-number.ts'
import { createRandom } from '../../kit/random.ts'
import { corrupt } from './corrupt.ts'
import { generateHistory, type Kind } from './generate.ts'

/**
 * `npm run verify -- porcupine --checker PATH`: the checker of s2-verification and ours on the same histories, valid and
 * corrupted. Its model sees less (no reason of a refusal, no order of a session, no timestamp), so it may pass what we
 * do not; what it accuses we must accuse. 0 if so, 1 if not, 3 if there is no checker to ask.
 */
const KINDS: Readonly<Record<Kind, number>> = {
  append: 4,
  session: 1,
  conditional: 3,
  fenced: 2,
  fence: 1,
  trim: 0,
  read: 4,
  tail: 4,
  follow: 0,
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: {
      checker: { type: 'string', default: 's2-porcupine' },
      histories: { type: 'string', default: '200' },
    },
  })
  const histories = wholeNumber('--histories', values.histories, 1, 1_000_000)
  if (spawnSync(values.checker, ['-version']).status !== 0) {
    say(`SKIPPED: ${values.checker} cannot be run`)
    say('build it in golang/s2-porcupine of github.com/s2-streamstore/s2-verification: go build .')
    return 3
  }
  const hash = await loadHash()
  const folder = await mkdtemp(join(tmpdir(), 's2-porcupine-'))
  const onlyOurs = new Map<string, number>()
  const disagreed: number[] = []
  const sums = { linearizable: 0, violated: 0 }
  let asked = 0
  for (let seed = 1; asked < histories; seed++) {
    const history = historyOf(seed)
    if (!isKnown(history)) continue
    asked++
    const path = join(folder, 'history.jsonl')
    await writeFile(path, [...exportPorcupine(history, hash)].map((line) => `${line}\n`).join(''))
    const { status, stderr } = spawnSync(values.checker, [`-file=${path}`], { cwd: folder, encoding: 'utf8' })
    if (!/is (NOT )?linearizable/.test(stderr)) throw new Error(`seed ${seed}: ${stderr}`)
    const judgement = checkHistory(history)
    const findings = judgement.verdict === 'violated' ? judgement.findings : []
    const [first] = findings
    if ((status === 0) === (first === undefined)) sums[first === undefined ? 'linearizable' : 'violated']++
    else if (first === undefined) disagreed.push(seed)
    else onlyOurs.set(first.anomaly, (onlyOurs.get(first.anomaly) ?? 0) + 1)
  }
  await rm(folder, { recursive: true })
  say(`both linearizable ${sums.linearizable}, both violated ${sums.violated}`)
  for (const [anomaly, count] of onlyOurs) say(`seen by us alone: ${anomaly} ${count}`)
  if (disagreed.length > 0) say(`accused by s2-verification alone: seeds ${disagreed.join(', ')}`)
  say(`${asked - disagreed.length} passed, ${disagreed.length} failed`)
  return disagreed.length === 0 ? 0 : 1
}

function historyOf(seed: number): History {
  const random = createRandom(seed)
  const history = generateHistory(random, { clients: 4, operations: 24, kinds: KINDS, lost: 8 })
  return seed % 2 === 0 ? history : corrupt(history, random)
}

/** Its streams begin without a token, where those of S2 begin with the empty one. */
const isKnown = ({ operations }: History): boolean =>
  operations.every(({ did }) => did.action !== 'append' || did.fencingToken !== '')

process.exitCode = await run()
