#!/usr/bin/env node
import { enter } from './enter.js'

await enter('s2-load', 'load')
