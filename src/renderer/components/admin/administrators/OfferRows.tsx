import { useState } from 'react'
import type { KeyOffer } from '../../../../shared/contract/administration-entities.ts'
import { t } from '../../../locales/i18n.ts'
import { MINUTE, useNow } from '../../../queries/useNow.ts'
import { seenWords } from '../../../text/seen.ts'
import { Avatar } from '../../Avatar.tsx'
import { Button } from '../../Button.tsx'
import { WordChips } from '../../WordChips.tsx'
import rows from '../rows.module.css'
import { CompareOfferDialog } from './CompareOfferDialog.tsx'

export interface OfferRowsProps {
  offers: readonly KeyOffer[]
  /** The words of this offer are the same on the colleague's screen. */
  onTake(id: string): void
}

/** Colleagues who would sign for the organisation. */
export const OfferRows = ({ offers, onTake }: OfferRowsProps) => {
  const now = useNow(MINUTE)
  const [compared, setCompared] = useState<KeyOffer | null>(null)
  if (offers.length === 0) return <p className={rows.none}>{t('admins.noOffers')}</p>
  return (
    <div className={rows.container}>
      <ul className={rows.rows} aria-label={t('admins.offers')}>
        {offers.map(offer => {
          const { id, personId, name, words, offeredAt, hasRootKey } = offer
          const offered = t('admins.offered', { time: seenWords(offeredAt, now, 'inside') })
          return (
            <li key={id}>
              <Avatar id={personId} name={name} size={36} />
              <div className={rows.person}>
                <p className={rows.name} title={name}>
                  {name}
                </p>
              </div>
              <div className={rows.middle}>
                <WordChips words={words} label={t('admin.words')} />
                <p className={rows.asked}>{hasRootKey ? `${offered}, ${t('admins.offeredRoot')}` : offered}</p>
              </div>
              <div className={rows.acts}>
                <Button
                  size="small"
                  kind="primary"
                  aria-label={t('admins.compareName', { name })}
                  onClick={() => setCompared(offer)}
                >
                  {t('admins.compare')}
                </Button>
              </div>
            </li>
          )
        })}
      </ul>
      {compared !== null && (
        <CompareOfferDialog
          offer={compared}
          onClose={() => setCompared(null)}
          onSame={() => {
            setCompared(null)
            onTake(compared.id)
          }}
        />
      )}
    </div>
  )
}
