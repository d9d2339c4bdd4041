import { Minus, Plus } from 'lucide-react'
import type { Administrators } from '../../../../shared/contract/administration-entities.ts'
import { t } from '../../../locales/i18n.ts'
import { CHOSEN_ROLES, type ChosenRole, namesAfter, type RootChange } from '../../../text/administrators.ts'
import { suggested, thresholdWords } from '../../../text/thresholds.ts'
import { Button } from '../../Button.tsx'
import { IconButton } from '../../IconButton.tsx'
import styles from './ThresholdSteppers.module.css'

export interface ThresholdSteppersProps {
  administrators: Administrators
  change: RootChange
  onThreshold(role: ChosenRole, threshold: number): void
}

/** How many signatures each thing takes; never more than there will be keys. */
export const ThresholdSteppers = ({ administrators, change, onThreshold }: ThresholdSteppersProps) => (
  <fieldset className={styles.set}>
    <legend className={styles.title}>{t('admins.thresholds')}</legend>
    {CHOSEN_ROLES.map(role => {
      const names = namesAfter(administrators, change, role)
      const count = names.length
      const threshold = change.thresholds[role]
      const name = t(`adminRole.${role}`)
      const better = suggested(count)
      return (
        <fieldset key={role} className={styles.row} aria-label={name}>
          <div className={styles.words}>
            <p className={styles.name}>{name}</p>
            <p className={styles.text}>{count > 0 && thresholdWords({ threshold, names })}</p>
          </div>
          {count > 1 && threshold !== better && (
            <Button
              kind="quiet"
              size="small"
              aria-label={t('admins.suggestUse', { threshold: better, count, role: name })}
              onClick={() => onThreshold(role, better)}
            >
              {t('admins.suggest', { threshold: better, count })}
            </Button>
          )}
          <div className={styles.stepper}>
            <IconButton
              icon={Minus}
              size="small"
              label={t('admins.less', { role: name })}
              disabled={threshold <= 1}
              onClick={() => onThreshold(role, threshold - 1)}
            />
            <output className={styles.value}>{threshold}</output>
            <IconButton
              icon={Plus}
              size="small"
              label={t('admins.more', { role: name })}
              disabled={threshold >= count}
              onClick={() => onThreshold(role, threshold + 1)}
            />
            <span className={styles.of}>{t('admins.stepperOf', { count })}</span>
          </div>
        </fieldset>
      )
    })}
  </fieldset>
)
