/** Replays the vectors with the Python and Go runners of `examples/`: a healthy server must pass, each mutant must fail. */
import { execFile, spawnSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { readExamples } from '../../conformance/spec/capture/example-files.ts'
import { buildVectors } from '../../conformance/spec/vectors/build-vectors.ts'
import { createTemporaryDirectory } from '../../kit/temporary-directory.ts'
import { defects } from '../suite-mutants/index.ts'
import { startServer } from '../suite-mutants/server.ts'

/** Mutants that both runners must catch, from eight areas. */
const MUTANTS = [
  'empty-bodies-are-dropped',
  'expected-number-may-be-lower',
  'fence-applies-to-its-own-batch',
  'future-timestamps-are-kept',
  'trim-takes-one-record-more',
  'tail-is-the-last-record',
  'until-is-inclusive',
  'tail-offset-is-one-too-far',
  'invalid-is-answered-with-400',
  'ack-tail-is-its-start',
]

/** Mutants of SSE, S2S and names, which only the Python runner sends. */
const PYTHON_ONLY = ['id-counts-bodies-alone', 'last-frame-is-not-marked', 'name-of-seven-is-taken']

/** What s2-lite is known to answer otherwise. */
const KNOWN: readonly string[] = process.argv.slice(3)

interface Runner {
  readonly name: string
  readonly command: string
  readonly words: readonly string[]
}

const root = resolve(import.meta.dirname, '../..')
const directory = await createTemporaryDirectory('s2-vectors')
const folder = join(directory.path, 'vectors')
for (const { path, text } of await buildVectors(await readExamples())) {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
}
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const isThere = (command: string): boolean => spawnSync(command, ['--help']).error === undefined

const binary = join(directory.path, 'replay_vectors')
const python: Runner = {
  name: 'Python',
  command: 'python3',
  words: [join(root, 'examples/python/replay_vectors.py')],
}
const go: Runner = { name: 'Go', command: binary, words: [] }
if (!isThere('python3')) say('Python: SKIPPED, python3 is not here')
if (!isThere('go')) say('Go: SKIPPED, go is not here')
else
  spawnSync('go', ['build', '-o', binary, join(root, 'examples/go/replay_vectors.go')], { stdio: 'inherit' })
const runners = [...(isThere('python3') ? [python] : []), ...(isThere('go') ? [go] : [])]

/** Returns the ids of the vectors that fail. Throws where the runner itself does. */
async function replay(
  { command, words }: Runner,
  url: string,
  ...more: string[]
): Promise<readonly string[]> {
  const args = [...words, '--endpoint', url, '--vectors', folder, '--strict', ...more]
  const out = await new Promise<string>((done, fail) => {
    execFile(command, args, { maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      if (/\d+ passed, \d+ failed/.test(stdout)) done(stdout)
      else fail(new Error(`${stdout}${stderr}`, { cause: error }))
    })
  })
  return [...out.matchAll(/^FAIL ([\w-]+):/gm)].map(([, id = '']) => id)
}

let wrong = 0
async function judge(
  name: string,
  url: string,
  isRight: (failing: readonly string[]) => boolean,
  ...more: string[]
): Promise<void> {
  const chosen = runners.filter((runner) => runner !== go || !PYTHON_ONLY.includes(name))
  await Promise.all(
    chosen.map(async (runner) => {
      const failing = await replay(runner, url, ...more)
      if (!isRight(failing)) wrong += 1
      say(`${isRight(failing) ? 'ok' : 'WRONG'}  ${runner.name}  ${name}  ${failing.slice(0, 3).join(' ')}`)
    }),
  )
}

async function judgeHealthy(): Promise<void> {
  const server = await startServer()
  await judge('the reference server', server.url, (failing) => failing.length === 0)
  await server.stop()
}

async function judgeMutants(): Promise<void> {
  for (const mutant of defects.filter(({ name }) => [...MUTANTS, ...PYTHON_ONLY].includes(name))) {
    const server = await startServer(mutant)
    await judge(mutant.name, server.url, (failing) => failing.length > 0, '--fail-fast')
    await server.stop()
  }
}

const endpoint = process.argv[2]
if (endpoint !== undefined) {
  await judge(endpoint, endpoint, (failing) => failing.every((id) => KNOWN.includes(id)))
} else {
  // The sequences wait more than they compute.
  await Promise.all([judgeHealthy(), judgeMutants()])
}
await directory.remove()
say(`${wrong} wrong`)
process.exit(wrong === 0 ? 0 : 1)
