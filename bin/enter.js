// Plain JavaScript that any Node can read, so that an old one gets a sentence and not a syntax error.
import { existsSync } from 'node:fs'
import { enableCompileCache } from './compile-cache.js'

/** Runs the command of a room; in the repository its sources as they are, as a package their build. */
export async function enter(command, room) {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 22 || (major === 22 && minor < 22)) {
    process.stderr.write(`${command} needs Node 22.22 or later, and this is ${process.versions.node}.\n`)
    process.exit(2)
  }
  enableCompileCache()
  const source = new URL(`../${room}/main.ts`, import.meta.url)
  const entry = existsSync(source) ? source : new URL(`../dist/${command}.js`, import.meta.url)
  const { run } = await import(entry.href)
  let lost
  process.stdout.on('error', (error) => {
    lost ??= error
  })
  const code = await run(process.argv.slice(2))
  // Called when everything before has been written, or could not be.
  process.stdout.write('', (error) => {
    lost ??= error
    // A reader that has seen enough, such as head, closes the pipe.
    if (!lost || lost.code === 'EPIPE') process.exit(code)
    process.stderr.write(`${command}: the output is incomplete: ${lost.message}\n`)
    process.exit(3)
  })
}
