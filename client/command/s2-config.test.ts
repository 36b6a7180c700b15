import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { play } from '../../conformance/testing/play.ts'
import { createTemporaryDirectory } from '../../kit/temporary-directory.ts'

/** As the `s2` command writes it. */
const FILE = `account_endpoint = "http://a.example:1"
basin_endpoint = "http://{basin}.b.example:1"
ssl_no_verify = true

[[pending_access_token_cleanup]]
credential_store = "keyring"
`

async function playWith(text: string, ...args: readonly string[]) {
  const { path } = await createTemporaryDirectory('s2-config-test')
  await writeFile(join(path, 'config.toml'), text)
  return await play(['run', '--dry-run', '--s2-config', 'config.toml', ...args], { cwd: path })
}

describe('the config file of the s2 command', () => {
  test('names the endpoints', async () => {
    const { code, out, err } = await playWith(FILE)
    expect([code, err]).toEqual([0, expect.stringContaining('warning: --insecure accepts any certificate')])
    expect(out).toContain('a.example:1')
  })

  test.each([
    ['a = ', [], 'config.toml is not valid TOML: line 1, column'],
    ['account_endpoint = "http://a"', [], 'config.toml has no basin_endpoint: set it with "s2 config set'],
    [FILE, ['--endpoint', 'http://c'], '--s2-config and --endpoint exclude each other'],
    [FILE, ['--launch', 'x {port}'], '--s2-config and --launch exclude each other'],
    [FILE, ['--account-endpoint', 'http://c'], '--account-endpoint is given more than once'],
  ])('%j with %j is wrong usage', async (text, args, sentence) => {
    expect(await playWith(text, ...args)).toMatchObject({ code: 2, err: expect.stringContaining(sentence) })
  })

  test('must exist', async () => {
    const { code, err } = await play(['run', '--dry-run', '--s2-config', 'none.toml'])
    expect([code, err]).toEqual([2, expect.stringContaining('--s2-config: none.toml cannot be read: ')])
  })
})
