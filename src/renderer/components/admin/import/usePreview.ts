import { useState } from 'react'
import type { EngineOutput } from '../../../../shared/contract/engine.ts'
import type { TableMapping } from '../../../../shared/contract/people-table.ts'
import type { ErrorCode } from '../../../../shared/errors.ts'
import { createNewest } from '../../../actions/newest.ts'
import { useCall } from '../../../actions/useCall.ts'
import type { OpenedFile } from '../../OpenFile.tsx'

export type Preview = EngineOutput<'people.preview'>

export interface ReadTable {
  readonly file: OpenedFile
  readonly preview: Preview
  /** Which column holds what, as it was last chosen: `preview` may still be of the choice before. */
  readonly mapping: TableMapping
}

export interface PreviewTable {
  readonly table: ReadTable | null
  /** Columns were chosen by hand. */
  readonly isMapped: boolean
  readonly isBusy: boolean
  readonly error: ErrorCode | null
  open(file: OpenedFile): Promise<void>
  /** Which column holds what, chosen by hand. */
  map(mapping: TableMapping): Promise<void>
  forget(): void
}

/**
 * A table of people as the engine understands it. The newest question decides, and what is chosen holds at once: a second
 * choice that is made while the engine still reads builds on the first.
 */
export const usePreview = (): PreviewTable => {
  const { run, isBusy, error, clearError } = useCall('people.preview')
  const [table, setTable] = useState<ReadTable | null>(null)
  const [isMapped, setMapped] = useState(false)
  const [newest] = useState(createNewest)
  const read = async (file: OpenedFile, mapping: TableMapping | null) => {
    const { answer: preview, isNewest } = await newest.ask(run({ table: file.bytes, mapping }))
    if (!isNewest) return
    if (preview !== undefined) setTable({ file, preview, mapping: preview.mapping })
    else setTable(known => known && { ...known, mapping: known.preview.mapping })
  }
  return {
    table,
    isMapped,
    isBusy,
    error,
    open(file) {
      setMapped(false)
      return read(file, null)
    },
    async map(mapping) {
      if (table === null) return
      setMapped(true)
      setTable({ ...table, mapping })
      await read(table.file, mapping)
    },
    forget() {
      newest.forget()
      setMapped(false)
      setTable(null)
      clearError()
    },
  }
}
