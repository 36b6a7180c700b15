import type { Defect } from '../defect.ts'

export const basins: readonly Defect[] = []
