import { join } from 'node:path'
import { build } from 'rolldown'

/**
 * Bundles the browser part into one classic script: a page that is opened as a file cannot load modules. Rejects with an
 * Error for a warning, such as an import that browsers do not have.
 */
export async function bundleScript(): Promise<string> {
  const { output } = await build({
    input: join(import.meta.dirname, 'browser/main.ts'),
    platform: 'browser',
    write: false,
    output: { format: 'iife', minify: true },
    onwarn: (warning) => {
      throw new Error(`the playground cannot be bundled: ${warning.message}`)
    },
  })
  return output[0].code
}
