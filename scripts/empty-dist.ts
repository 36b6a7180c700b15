/** The first step of `npm run build`: nothing of an earlier build is published. */
import { rmSync } from 'node:fs'
import { resolve } from 'node:path'

rmSync(resolve(import.meta.dirname, '../dist'), { recursive: true, force: true })
