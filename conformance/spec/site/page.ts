import type { Markup } from '../../../reports/markup.ts'

/** A file of the site. */
export interface SiteFile {
  /** Below the folder of the site, with `/`. */
  readonly path: string
  readonly text: string
}

/** What a page shows between the header and the footer. */
export interface Page {
  /** Its path without `.html`. */
  readonly slug: string
  readonly title: string
  readonly main: Markup
  /** The list of contents next to it. */
  readonly contents?: readonly ContentsItem[]
  /** Scripts in `assets/` besides the one of every page. */
  readonly scripts?: readonly string[]
}

export interface ContentsItem {
  readonly anchor: string
  readonly title: string
  /** Shown in front of the title: the id of a requirement. */
  readonly id?: string
}

/** What leads from a page to the folder of the site: `../` for each folder in its slug. */
export const rootOf = (slug: string): string => '../'.repeat(slug.split('/').length - 1)
