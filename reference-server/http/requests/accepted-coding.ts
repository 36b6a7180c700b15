export type Coding = 'zstd' | 'gzip'

/** The heaviest of the codings we have, zstd before gzip; undefined if neither has a weight above 0. */
export function acceptedCoding(header: string | undefined): Coding | undefined {
  let best: { coding: Coding; weight: number } | undefined
  for (const coding of ['zstd', 'gzip'] as const) {
    const weight = weightOf(coding, header ?? '')
    if (weight > (best?.weight ?? 0)) best = { coding, weight }
  }
  return best?.coding
}

function weightOf(coding: Coding, header: string): number {
  for (const entry of header.toLowerCase().split(',')) {
    const [name, ...parameters] = entry.split(';').map((part) => part.trim())
    if (name !== coding) continue
    const weight = parameters.find((parameter) => parameter.startsWith('q='))
    return weight === undefined ? 1 : Number(weight.slice(2)) || 0
  }
  return 0
}
