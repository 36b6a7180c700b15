import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findRootToken } from './root-token.ts'

let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "s2-root 'token' "))
})

afterAll(() => rm(directory, { recursive: true }))

async function fileOf(text: string): Promise<string> {
  const file = join(directory, 'token')
  await writeFile(file, text)
  return file
}

const TOKEN = 'a-token.of_our~own+/0=='

/** What a shell makes of `export X=...`. */
const inShell = (shell: string, env: Record<string, string> = {}): string =>
  execFileSync('sh', ['-c', `export X=${shell}; printf %s "$X"`], {
    env: { ...process.env, ...env },
  }).toString()

describe('the root token', () => {
  test('is that of the file, and a shell reads it there', async () => {
    const found = await findRootToken(await fileOf(`${TOKEN}\n`), { S2_ROOT_TOKEN: 'another-token-of-us' })
    expect(found.secret).toBe(TOKEN)
    expect(found.shell).not.toContain(TOKEN)
    expect(inShell(found.shell)).toBe(TOKEN)
  })

  test('is that of the environment, and a shell reads it there', async () => {
    const found = await findRootToken(undefined, { S2_ROOT_TOKEN: TOKEN })
    expect(found.secret).toBe(TOKEN)
    expect(found.shell).not.toContain(TOKEN)
    expect(inShell(found.shell, { S2_ROOT_TOKEN: TOKEN })).toBe(TOKEN)
  })

  test('is made up where there is none, another one each time', async () => {
    const [first, second] = [await findRootToken(undefined, {}), await findRootToken(undefined, {})]
    expect(first.shell).toBe(first.secret)
    expect(Buffer.from(first.secret, 'base64url')).toHaveLength(32)
    expect(first.secret).not.toBe(second.secret)
  })

  test.each(['', 'short', 'fifteen-letters', 'with a space in the middle', 'naïve-but-long-enough'])(
    '%j is refused, and not told',
    async (secret) => {
      const accepted = 'must have at least 16 letters, digits or any of -._~+/'
      await expect(findRootToken(undefined, { S2_ROOT_TOKEN: secret })).rejects.toThrow(
        new Error(`S2_ROOT_TOKEN ${accepted}`),
      )
      const file = await fileOf(secret)
      await expect(findRootToken(file, {})).rejects.toThrow(
        new Error(`the root token in ${file} ${accepted}`),
      )
    },
  )

  test('of a file that is not there is none', async () => {
    const file = join(directory, 'nothing')
    await expect(findRootToken(file, {})).rejects.toThrow(`cannot read the root token in ${file}: ENOENT`)
  })
})
