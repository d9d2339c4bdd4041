import type { AdministratorKey } from '../../../../shared/contract/administration-entities.ts'
import { t } from '../../../locales/i18n.ts'
import { useOrganisation } from '../../../queries/useOrganisation.ts'
import { keyHolders } from '../../../text/administrators.ts'
import { keyLine } from '../../../text/key-words.ts'
import { Avatar } from '../../Avatar.tsx'
import { Tag } from '../../Tag.tsx'
import rows from '../rows.module.css'
import styles from './HolderRows.module.css'

/** Everybody who holds a key, with what each key signs. */
export const HolderRows = ({ keys }: { keys: readonly AdministratorKey[] }) => {
  const { self } = useOrganisation()
  return (
    <div className={rows.container}>
      <ul className={rows.rows} aria-label={t('admins.people')}>
        {keyHolders(keys).map(({ id, name, keys: own }) => (
          <li key={id}>
            <Avatar id={id} name={name} size={36} />
            <p className={rows.name}>{id === self ? t('admins.you', { name }) : name}</p>
            <ul className={`${rows.middle} ${styles.keys}`}>
              {own.map(key => (
                <li key={key.id} className={styles.key}>
                  <span>{keyLine(key)}</span>
                  {key.isHere && <Tag kind="verified">{t('admins.here')}</Tag>}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  )
}
