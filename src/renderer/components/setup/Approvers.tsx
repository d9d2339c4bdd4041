import type { Joining } from '../../../shared/contract/entities.ts'
import { t } from '../../locales/i18n.ts'
import { Avatar } from '../Avatar.tsx'
import { PresenceMark } from '../PresenceMark.tsx'
import styles from './Approvers.module.css'

/** A tint for somebody whose id this device does not know yet. */
const tintSource = (name: string): string =>
  [...name]
    .reduce((sum, letter) => (sum + (letter.codePointAt(0) ?? 0)) % 256, 0)
    .toString(16)
    .padStart(2, '0')

/** Who can approve, as the invitation names them, and whether their PC answers at this moment. */
export const Approvers = ({ administrators }: Pick<Joining, 'administrators'>) => (
  <ul className={styles.box}>
    {administrators.map(({ name, isReachable }) => (
      <li key={name}>
        <Avatar id={tintSource(name)} name={name} size={36} presence={isReachable ? 'online' : 'offline'} />
        <div className={styles.words}>
          <p className={styles.name}>{name}</p>
          <p className={styles.role}>{t('waiting.administrator')}</p>
        </div>
        <p className={styles.reach}>
          <PresenceMark presence={isReachable ? 'online' : 'offline'} />
          {t(isReachable ? 'waiting.reachable' : 'waiting.unreachable')}
        </p>
      </li>
    ))}
  </ul>
)
