/** Of every interval of a comparison. */
export const CONFIDENCE = 0.95

/** Of the normal distribution: the values that 2.5 %, for that confidence, and 5 % exceed. */
const Z = 1.959964
export const Z_ONE_SIDED = 1.644854

/** The value that as much of Student's t of so many degrees of freedom exceeds, expanded around the normal one; good from 3 on. */
export function studentT(degrees: number, z: number = Z): number {
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160,
  ]
  return terms.reduce((sum, term, at) => sum + term / degrees ** (at + 1), z)
}

/** The part of Student's t of so many degrees of freedom that exceeds this value above 0 (Abramowitz and Stegun, 26.7.3 and 26.7.4). */
export function beyondStudent(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees))
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)]
  const isOdd = degrees % 2 === 1
  let term = isOdd ? cosine : 1
  let sum = degrees === 1 ? 0 : term
  for (let power = isOdd ? 3 : 2; power <= degrees - 2; power += 2) {
    term *= ((power - 1) / power) * cosine ** 2
    sum += term
  }
  const within = isOdd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum
  return Math.max(0, (1 - within) / 2)
}
