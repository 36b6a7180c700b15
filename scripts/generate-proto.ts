/** `node scripts/generate-proto.ts`: makes proto/generated/ from proto/s2.proto. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

export function generateProto(outDir: string): void {
  mkdirSync(outDir, { recursive: true })
  const pbjs = join(root, 'node_modules', 'protobufjs-cli', 'bin', 'pbjs')
  // Left out: conversions, verification and envelopes that nobody here calls.
  const leftOut = ['create', 'verify', 'convert', 'delimited', 'typeurl', 'service'].map(
    (part) => `--no-${part}`,
  )
  const options = ['--target', 'static-module', '--wrap', 'esm', '--force-long', '--dts', ...leftOut]
  execFileSync(process.execPath, [pbjs, ...options, '--out', join(outDir, 's2.js'), 'proto/s2.proto'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  useOwnLong(join(outDir, 's2.d.ts'))
}

/** `long` is no dependency of ours; protobufjs' own description of one (two halves and a sign) is all we need. */
function useOwnLong(path: string): void {
  const text = readFileSync(path, 'utf8')
  const changed = text.replace('import Long = require("long");', 'type Long = $protobuf.Long;')
  if (changed === text) throw new Error(`${path} no longer imports Long; look again at what it declares`)
  writeFileSync(path, changed)
}

if (import.meta.main) generateProto(join(root, 'proto', 'generated'))
