import { spawnSync } from 'node:child_process'
import { TRACED } from './replay-trace.ts'

/** Longer than anything a server writes at once; what is cut short all the same is noticed. */
const LONGEST_STRING = 64 * 1024 * 1024

/** Words to go before a command, so that what it does to its files is written to `file`, each call before it goes on. */
export const straceWords = (file: string): readonly string[] => [
  'strace',
  '--follow-forks',
  '--seccomp-bpf',
  '--decode-fds=path',
  `--string-limit=${LONGEST_STRING}`,
  // What goes through a ring in memory is not seen; whoever cannot have one takes the calls that are.
  '--inject=io_uring_setup:error=ENOSYS',
  `--trace=${TRACED.map((name) => `?${name}`).join(',')}`,
  `--output=${file}`,
]

/** Why no process can be traced here, if so. */
export function whyNoStrace(): string | undefined {
  if (process.platform !== 'linux') return 'strace is for Linux'
  const tried = spawnSync('strace', [...straceWords('/dev/null').slice(1), 'true'], { encoding: 'utf8' })
  if (tried.error !== undefined) return 'there is no strace'
  return tried.status === 0
    ? undefined
    : `strace cannot trace here: ${tried.stderr.trim().split('\n').at(-1)}`
}
