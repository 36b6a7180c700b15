import type { Chance } from './chance.ts'
import { CALM, type Weather } from './faults.ts'

const FAILING: Weather['chances'] = {
  'failed write': 0.01,
  'short write': 0.01,
  'failed sync': 0.02,
  'failed read': 0.003,
  'failed open': 0.1,
}

const SLOW: Weather['chances'] = { 'slow write': 0.01, 'slow sync': 0.02, 'slow read': 0.005 }

const ROUGH: Weather['chances'] = {
  'clock set back': 0.05,
  'clock set forward': 0.05,
  'late timer': 0.05,
  drain: 0.04,
  'slow reader': 0.05,
  'reader gone': 0.05,
}

/** What a run has to live through. Most have a few things that go wrong, some one alone, and some none. */
export function chooseWeather(chance: Chance): Weather {
  const crashing = { crash: chance.oneOf([0.004, 0.01, 0.02]), crashEvery: chance.oneOf([30_000, 100_000]) }
  switch (chance.weighted({ calm: 1, crashing: 3, failing: 2, slow: 1, all: 4 })) {
    case 'calm':
      return CALM
    case 'crashing':
      return { chances: ROUGH, ...crashing }
    case 'failing':
      return { ...CALM, chances: { ...ROUGH, ...FAILING } }
    case 'slow':
      return { chances: { ...ROUGH, ...SLOW }, crash: 0.002, crashEvery: 100_000 }
    case 'all':
      return { chances: { ...ROUGH, ...SLOW, ...FAILING }, ...crashing }
  }
}
