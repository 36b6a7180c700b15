import { page } from './html/page.ts'
import type { RunResult } from './result.ts'

export const name = 'html'
export const extension = '.html'

/** One file for a browser: the verdict, what is wrong with all that shows it, and every row. It loads nothing. */
export const render = (result: RunResult): string => page(result).text
