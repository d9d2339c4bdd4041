// biome-ignore-all lint/a11y/useSemanticElements: rows outside the view do not exist, which table elements cannot say
// biome-ignore-all lint/a11y/useFocusableInteractive: the button inside has the focus
import { ArrowDown, ArrowUp } from 'lucide-react'
import { Icon } from '../Icon.tsx'
import styles from './Table.module.css'

export interface Sorting<Column extends string> {
  readonly column: Column
  readonly isDescending: boolean
}

/** The same column again turns the order round. */
export const sortedBy = <Column extends string>(sorting: Sorting<Column>, column: Column): Sorting<Column> => ({
  column,
  isDescending: sorting.column === column && !sorting.isDescending,
})

export interface SortHeaderProps<Column extends string> {
  column: Column
  label: string
  sorting: Sorting<Column>
  className?: string
  onSort(sorting: Sorting<Column>): void
}

export const SortHeader = <Column extends string>(props: SortHeaderProps<Column>) => {
  const { column, label, sorting, className = '', onSort } = props
  const isCurrent = sorting.column === column
  const order = sorting.isDescending ? 'descending' : 'ascending'
  return (
    <span role="columnheader" className={className} aria-sort={isCurrent ? order : 'none'}>
      <button type="button" className={styles.sort} onClick={() => onSort(sortedBy(sorting, column))}>
        {label}
        {isCurrent && <Icon icon={sorting.isDescending ? ArrowDown : ArrowUp} size={14} />}
      </button>
    </span>
  )
}
