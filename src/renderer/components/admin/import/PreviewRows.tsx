import { TriangleAlert } from 'lucide-react'
import type { TableRow } from '../../../../shared/contract/people-table.ts'
import { t } from '../../../locales/i18n.ts'
import { Icon } from '../../Icon.tsx'
import { Tag, type TagProps } from '../../Tag.tsx'
import styles from './ImportDialog.module.css'
import { fieldName } from './MappingFields.tsx'

const KINDS: Readonly<Record<TableRow['action'], TagProps['kind']>> = {
  add: 'ok',
  change: 'verified',
  same: 'plain',
  problem: 'warning',
}

const WORDS = {
  add: 'import.new',
  change: 'import.change',
  same: 'import.same',
  problem: 'import.oneProblem',
} as const

const problemWords = ({ field, problem, value }: TableRow['problems'][number]): string => {
  const words = t(`problem.${problem}`)
  if (field === null) return words
  if (value === '') return t('import.fault', { field: fieldName(field), problem: words })
  return t('import.faultValue', { field: fieldName(field), value, problem: words })
}

export interface PreviewRowsProps {
  label: string
  rows: readonly TableRow[]
  rowCount: number
}

/** Every row that was read, with what becomes of it or what is wrong with it. */
export const PreviewRows = ({ label, rows, rowCount }: PreviewRowsProps) => (
  <>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
    <section className={styles.scroller} tabIndex={0} aria-label={label}>
      <table className={styles.rows} aria-label={label}>
        <thead>
          <tr>
            <th scope="col" className={styles.number}>
              {t('import.row')}
            </th>
            <th scope="col">{t('import.person')}</th>
            <th scope="col" className={styles.action}>
              {t('import.action')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ row, action, name, detail, problems }) => (
            <tr key={row}>
              <td className={styles.number}>{row}</td>
              <td>
                <p className={styles.name}>{name === '' ? t('import.nameless') : name}</p>
                {detail !== '' && <p className={styles.detail}>{detail}</p>}
                {problems.map((problem, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the problems of one row never move
                  <p key={at} className={styles.fault}>
                    <Icon icon={TriangleAlert} size={14} />
                    {problemWords(problem)}
                  </p>
                ))}
              </td>
              <td className={styles.action}>
                <Tag kind={KINDS[action]} {...(action === 'problem' ? { icon: TriangleAlert } : {})}>
                  {t(WORDS[action])}
                </Tag>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
    {rows.length < rowCount && (
      <p className={styles.detail}>{t('import.onlyFirst', { shown: rows.length, count: rowCount })}</p>
    )}
  </>
)
