import { useRef, useState } from 'react'
import type { TableMapping } from '../../../../shared/contract/administration-entities.ts'
import type { EngineOutput } from '../../../../shared/contract/engine.ts'
import type { ErrorCode } from '../../../../shared/errors.ts'
import { useCall } from '../../../actions/useCall.ts'
import type { OpenedFile } from '../../OpenFile.tsx'

export type Preview = EngineOutput<'people.preview'>

export interface ReadTable {
  readonly file: OpenedFile
  readonly preview: Preview
}

export interface PreviewTable {
  readonly table: ReadTable | null
  readonly isBusy: boolean
  readonly error: ErrorCode | null
  open(file: OpenedFile): Promise<void>
  /** Which column holds what, chosen by hand. */
  map(mapping: TableMapping): Promise<void>
  forget(): void
}

/** A table of people as the engine understands it; the newest question decides. */
export const usePreview = (): PreviewTable => {
  const { run, isBusy, error, clearError } = useCall('people.preview')
  const [table, setTable] = useState<ReadTable | null>(null)
  const newest = useRef(0)
  const read = async (file: OpenedFile, mapping: TableMapping | null) => {
    const asked = ++newest.current
    const preview = await run({ table: file.bytes, mapping })
    if (asked === newest.current && preview !== undefined) setTable({ file, preview })
  }
  return {
    table,
    isBusy,
    error,
    open: file => read(file, null),
    map: mapping => (table === null ? Promise.resolve() : read(table.file, mapping)),
    forget() {
      newest.current++
      setTable(null)
      clearError()
    },
  }
}
