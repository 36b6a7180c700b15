import { page } from './html/page.ts'
import type { LoadResult } from './result.ts'

/** One file for a browser: the verdicts, the figures, the plots. It loads nothing and runs nothing. */
export const render = (result: LoadResult): string => page(result).text
