import { expect, test } from 'vitest'
import type { Io } from '../../kit/cli/command.ts'
import { safeIo } from './safe-io.ts'

function printed(env: NodeJS.ProcessEnv, text: string): string {
  let out = ''
  const io: Io = {
    out: (more) => {
      out += more
    },
    err: () => {},
    env,
    cwd: '/',
    width: 80,
    colour: false,
    isInteractive: false,
    progressWidth: 80,
    interrupted: new AbortController().signal,
  }
  safeIo(io, []).out(text)
  return out
}

test.each(['HTTPS_PROXY', 'http_proxy', 'ALL_PROXY'])('the password of %s is hidden', (name) => {
  const env = { [name]: 'http://me:top%40secret@p.example:3128' }
  expect(printed(env, 'to http://me:top%40secret@p.example:3128')).not.toContain('secret')
  expect(printed(env, 'as top@secret')).not.toContain('secret')
})

test('a proxy without a password hides nothing', () => {
  expect(printed({ HTTPS_PROXY: 'http://p.example:3128' }, 'to http://p.example:3128')).toBe(
    'to http://p.example:3128',
  )
})
