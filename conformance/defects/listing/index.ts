import type { Defect } from '../defect.ts'
import { listRepeatsTheLastName } from './list-repeats-the-last-name.ts'

export const listing: readonly Defect[] = [listRepeatsTheLastName]
