import type { MessageOrder } from '../../shared/ids.ts'
import type { LoadedRange } from '../db/schema.ts'

/** Whether a message belongs to the part of its conversation that the cache holds without a gap. */
export const isWithin = (range: LoadedRange | undefined, order: MessageOrder): boolean =>
  range !== undefined && (range.isComplete || range.oldest === null || order >= range.oldest)
