import { execFile } from 'node:child_process'
import { join } from 'node:path'

export interface Tampering {
  readonly code: number
  readonly out: string
  /** The last line. */
  readonly last: string | undefined
}

/** `npm run verify -- tamper`, in a process of its own: what altered checks leave behind ends with it. */
export function tamper(...args: readonly string[]): Promise<Tampering> {
  const main = join(import.meta.dirname, '..', 'main.ts')
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [main, ...args], { maxBuffer: 64 * 1024 * 1024 }, (error, out, err) => {
      const code = error === null ? 0 : error.code
      if (typeof code !== 'number') reject(error ?? new Error(err))
      else resolve({ code, out, last: out.trimEnd().split('\n').at(-1) })
    })
  })
}
