import { useState } from 'react'
import type { ListRow } from '../../text/message-list.ts'

interface Ends {
  readonly rows: readonly ListRow[]
  readonly isShift: boolean
}

/**
 * Whether the rows came or went at the beginning of the list, with the end in its place: then the list keeps its
 * scroll position counted from the end. A value derived from the rows before, kept as state so that a repeated render
 * says the same.
 */
export const useStartShift = (rows: readonly ListRow[]): boolean => {
  const [ends, setEnds] = useState<Ends>({ rows, isShift: false })
  if (ends.rows === rows) return ends.isShift
  const isShift = ends.rows[0]?.key !== rows[0]?.key && ends.rows.at(-1)?.key === rows.at(-1)?.key
  setEnds({ rows, isShift })
  return isShift
}
