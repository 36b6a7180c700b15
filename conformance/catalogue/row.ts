/** How binding a row is, in the words of RFC 2119; `fact` rows are background. */
export type Level = 'MUST' | 'SHOULD' | 'MAY' | 'fact'

/**
 * Where a row is judged: `core` on every S2, `lite` and `hosted` where that profile is asked for, `probe` rows run
 * and are recorded but never fail, `background` rows are advice or facts and never run.
 */
export type Tier = 'core' | 'lite' | 'hosted' | 'probe' | 'background'

/** One numbered fact on the S2 API. Ids never change meaning; a snapshot test holds them. */
export interface Row {
  readonly id: string
  /** The part of the id before its number: `APP`, `CP-BAS`. */
  readonly area: string
  readonly title: string
  /** What must hold, in one or a few sentences. */
  readonly statement: string
  readonly level: Level
  readonly tier: Tier
  /**
   * The kinds of evidence, comma-separated and strongest first: `spec` (openapi, protobuf, s2s.md), `docs`,
   * `go-matrix` (the Go SDK's table of what the hosted service does), `sdk-test` and `sdk-src`, `verification`
   * (the published checker), `lite-test`, `api-src` (the types that s2-lite and the hosted service share),
   * `lite-src`, `derived` (our inference).
   */
  readonly basis: string
  /**
   * Where it is written: `openapi`, `s2.proto` and `s2s.md` of s2-specs (`newer openapi` is that of mid-2026), pages of
   * s2.dev/docs, tests of the SDKs, and paths in the s2 repository at s2-lite 0.42.7.
   */
  readonly source: string
  /** What to send, where the statement alone does not say. */
  readonly input?: string
  readonly notes?: string
  /** This row says the same as that one and counts once, there. */
  readonly sameAs?: string
  /** Why no check will look at it. */
  readonly excluded?: string
  /** Sources or servers disagree: both sides, and who is right where that is known. */
  readonly disputed?: string
}
