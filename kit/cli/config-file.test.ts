import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { COMMANDS } from '../../conformance/main.ts'
import { play } from '../../conformance/testing/play.ts'
import { createTemporaryDirectory } from '../temporary-directory.ts'
import { configSchema } from './config-schema.ts'

async function directoryWith(text: string, name = 's2-conformance.yaml'): Promise<string> {
  const { path } = await createTemporaryDirectory('s2-config-test')
  await writeFile(join(path, name), text)
  return path
}

/** Runs a command in a directory with this configuration file. Nothing is sent to a server. */
const playWith = async (text: string, ...args: readonly string[]) =>
  await play(args, { cwd: await directoryWith(text) })

const DRY = ['run', '--dry-run']

describe('the configuration file', () => {
  test('gives options, and its name is printed', async () => {
    const { code, out, err } = await playWith('profile: hosted\nonly: [APP-001, APP-002]\n', ...DRY)
    expect([code, err]).toEqual([
      0,
      expect.stringContaining('options from s2-conformance.yaml: profile, only\n'),
    ])
    expect(out).toContain('profile   hosted')
  })

  test('gives those of a command, which replace the ones for all', async () => {
    const text = 'profile: core\nrun:\n  profile: hosted\nhistory:\n  ops: 10\n'
    expect((await playWith(text, ...DRY)).out).toContain('profile   hosted')
  })

  test('is replaced by the command line, option by option', async () => {
    const { out, err } = await playWith('profile: hosted\nseed: 7\n', ...DRY, '--profile', 's2-lite')
    expect(out).toContain('profile   s2-lite')
    expect(err).toContain('options from s2-conformance.yaml: seed\n')
  })

  test('names no target where the command line names one', async () => {
    const { code, err } = await playWith('launch: exit 1; {port}\nseed: 7\n', ...DRY, '--endpoint', 'ftp://a')
    expect(code).toBe(2)
    expect(err).toContain('options from s2-conformance.yaml: seed\n')
    expect(err).toContain('ftp://a')
  })

  test('is found by --config', async () => {
    const cwd = await directoryWith('profile: hosted', 'mine.yaml')
    expect((await play([...DRY, '--config', 'mine.yaml'], { cwd })).out).toContain('profile   hosted')
  })

  test('is not looked for by commands without a server', async () => {
    expect((await playWith('nonsense', 'list')).code).toBe(0)
  })

  test('hides the secrets in its command', async () => {
    const text = "launch: 'API_TOKEN=abcdefghijklmnop no-such-program-here {port}'"
    const { err } = await playWith(text, 'run', 'APP-001')
    expect(err).toContain('no-such-program-here')
    expect(err).not.toContain('abcdefgh')
  })

  test.each([
    [
      'profil: core',
      '"profil" is neither an option nor one of the commands run, replay, history, durability: did you mean "profile"?',
    ],
    ['config: other.yaml', '"config" is neither an option nor one of the commands'],
    ['history:\n  quick: true', '"quick" is not an option of history: see s2-conformance history --help'],
    ['run: quick', '"run" must be a mapping of options'],
    ['- profile', 's2-conformance.yaml must be a mapping of options'],
    ['a: [', 's2-conformance.yaml is not valid YAML'],
    ['only: [{ a: 1 }]', '"only" must be a text, a number, true or false, or a list of texts'],
    ['seed: [1, 2]', '--seed is given more than once'],
    ['quick: 5', '--quick takes no value'],
    ['seed: true', '--seed needs a value'],
    ['concurrency: many', '--concurrency is a whole number from 1 to 256'],
  ])('%j is wrong usage', async (text, sentence) => {
    expect(await playWith(text, ...DRY)).toMatchObject({ code: 2, err: expect.stringContaining(sentence) })
  })

  test('that is named must exist', async () => {
    const { code, err } = await play([...DRY, '--config', 'none.yaml'])
    expect([code, err]).toEqual([2, expect.stringContaining('none.yaml cannot be read: ')])
  })
})

describe('its schema', () => {
  const schema = configSchema(COMMANDS)
  let accepts: (value: unknown) => boolean
  beforeAll(() => {
    accepts = new Ajv2020({ allowUnionTypes: true }).compile(schema)
  })

  test('is the one that is published', async () => {
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('config.schema.json')
  })

  test.each([
    [{ profile: 'core', only: ['APP-*'], run: { quick: true, html: 'a.html' }, 'max-seconds': 60 }, true],
    [{ profil: 'core' }, false],
    [{ quick: 'yes' }, false],
    [{ history: { quick: true } }, false],
  ])('%j: %j', (value, isAccepted) => {
    expect(accepts(value)).toBe(isAccepted)
  })
})
