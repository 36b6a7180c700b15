#!/usr/bin/env node
import { enter } from './enter.js'

// LevelDB creates its files with the mode that the umask leaves. Other users must not read records.
process.umask(0o077)
await enter('s2-reference-server', 'reference-server')
