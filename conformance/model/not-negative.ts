export const notNegative = (number: bigint): bigint => (number < 0n ? 0n : number)
