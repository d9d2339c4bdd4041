import { type TableField, type TableMapping, tableField } from '../../../../shared/contract/people-table.ts'
import { t } from '../../../locales/i18n.ts'
import { Select } from '../../Select.tsx'
import styles from './ImportDialog.module.css'

/** In the table of choices: the field is in no column. */
const NONE = ''

export interface MappingFieldsProps {
  columns: readonly string[]
  mapping: TableMapping
  onMapping(mapping: TableMapping): void
}

export const fieldName = (field: TableField): string => t(field === 'id' ? 'import.id' : `field.${field}`)

/** Which column holds what. A column serves one field: choosing it elsewhere frees it here. */
export const MappingFields = ({ columns, mapping, onMapping }: MappingFieldsProps) => {
  const choices = [
    [NONE, t('import.noColumn')] as const,
    ...columns.map((name, at) => [String(at), name === '' ? t('import.column', { number: at + 1 }) : name] as const),
  ]
  const choose = (field: TableField, value: string) => {
    const kept = Object.entries(mapping).filter(([other, column]) => other !== field && String(column) !== value)
    onMapping(Object.fromEntries(value === NONE ? kept : [...kept, [field, Number(value)]]))
  }
  return (
    <div className={styles.mapping}>
      {tableField.options.map(field => (
        <div key={field} className={styles.column}>
          <span className={styles.field} aria-hidden="true">
            {fieldName(field)}
          </span>
          <Select
            label={t('import.columnFor', { field: fieldName(field) })}
            value={mapping[field] === undefined ? NONE : String(mapping[field])}
            options={choices}
            onValue={value => choose(field, value)}
          />
        </div>
      ))}
    </div>
  )
}
