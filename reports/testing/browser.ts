import { existsSync } from 'node:fs'

/** Where browsers built on Chromium are found; `CHROME_PATH` comes first. */
const PLACES: readonly string[] = [
  process.env.CHROME_PATH ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** One that is on this machine. */
export const browserPath: string | undefined = PLACES.find((place) => place !== '' && existsSync(place))
