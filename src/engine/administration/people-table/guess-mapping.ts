import type { TableField, TableMapping } from '../../../shared/contract/people-table.ts'
import { columnNames, plainName } from './column-names.ts'
import type { Table } from './read-table.ts'

const FIELDS = Object.keys(columnNames) as TableField[]

/** Which column holds which field, by the headings; among several, one that holds something. */
export const guessMapping = ({ columns, lines, combined }: Table): TableMapping => {
  const plain = columns.map(plainName)
  const isFilled = columns.map((_, column) => lines.some(({ cells }) => cells[column] !== ''))

  const columnOf = (field: TableField): number | undefined => {
    if (field === 'name' && combined !== null) return combined
    const candidates = columnNames[field].map(name => plain.indexOf(name)).filter(column => column !== -1)
    return candidates.find(column => isFilled[column]) ?? candidates[0]
  }

  const mapping: TableMapping = {}
  for (const field of FIELDS) {
    const column = columnOf(field)
    if (column !== undefined) mapping[field] = column
  }
  return mapping
}
