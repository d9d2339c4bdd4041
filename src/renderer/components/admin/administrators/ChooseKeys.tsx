import { useState } from 'react'
import type { Administrators } from '../../../../shared/contract/administration-entities.ts'
import { t } from '../../../locales/i18n.ts'
import { keyHolders, type RootChange } from '../../../text/administrators.ts'
import { keyLine } from '../../../text/key-words.ts'
import { Checkbox } from '../../Checkbox.tsx'
import { WordChips } from '../../WordChips.tsx'
import styles from './ChooseKeys.module.css'

const toggled = (set: ReadonlySet<string>, id: string): ReadonlySet<string> =>
  set.has(id) ? new Set([...set].filter(other => other !== id)) : new Set([...set, id])

export interface ChooseKeysProps {
  administrators: Administrators
  /** Offers whose words have been compared before this dialog. */
  offered: readonly string[]
  change: RootChange
  onChange(change: RootChange): void
}

/** Offers to take up, each only when its words were compared, and keys in force to keep or take away. */
export const ChooseKeys = ({ administrators: { keys, offers }, offered, change, onChange }: ChooseKeysProps) => {
  const [known] = useState(() => new Set(offered))
  const { add, remove } = change
  return (
    <>
      <fieldset className={styles.set}>
        <legend>{t('admins.add')}</legend>
        {offers.length === 0 && <p className={styles.text}>{t('admins.addNone')}</p>}
        {offers.map(({ id, name, words }) => (
          <div key={id} className={styles.offer}>
            <Checkbox
              label={known.has(id) ? name : t('admins.addCompared', { name })}
              isOn={add.has(id)}
              onChange={() => onChange({ ...change, add: toggled(add, id) })}
            />
            <WordChips words={words} label={t('admin.words')} />
          </div>
        ))}
      </fieldset>
      <fieldset className={styles.set}>
        <legend>{t('admins.keep')}</legend>
        <p className={styles.text}>{t('admins.keepHint')}</p>
        {keyHolders(keys).map(holder => (
          <fieldset key={holder.id} className={styles.holder}>
            <legend className={styles.name}>{holder.name}</legend>
            {holder.keys.map(key => (
              <Checkbox
                key={key.id}
                label={keyLine(key)}
                isOn={!remove.has(key.id)}
                onChange={() => onChange({ ...change, remove: toggled(remove, key.id) })}
              />
            ))}
          </fieldset>
        ))}
      </fieldset>
    </>
  )
}
