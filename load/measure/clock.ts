/** Microseconds since the machine started, in fractions: the same clock in every thread. */
export type Now = () => number

/** `performance.now` counts from the start of its thread; what lies between it and the common clock is fixed. */
export function createNow(): Now {
  const offset = Number(process.hrtime.bigint()) / 1000 - performance.now() * 1000
  return () => performance.now() * 1000 + offset
}
