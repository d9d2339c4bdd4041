import { FileKey, KeyRound } from 'lucide-react'
import { useState } from 'react'
import type { Administrators } from '../../../shared/contract/administration-entities.ts'
import { t } from '../../locales/i18n.ts'
import { useOrganisation } from '../../queries/useOrganisation.ts'
import { ChangeAdministratorsDialog } from '../admin/administrators/ChangeAdministratorsDialog.tsx'
import { OwnOffer } from '../admin/administrators/OwnOffer.tsx'
import { Button } from '../Button.tsx'
import { BecomeAdministratorDialog } from './BecomeAdministratorDialog.tsx'
import { SettingRow, SettingsSection } from './rows.tsx'

/** For those who would sign, and for those who hold a recovery sheet. */
export const SigningSettings = ({ administrators }: { administrators: Administrators }) => {
  const { isAdmin } = useOrganisation()
  const [open, setOpen] = useState<'offer' | 'sheet' | null>(null)
  const close = () => setOpen(null)
  const { ownOffer } = administrators
  return (
    <SettingsSection title={t('org.signing')}>
      {ownOffer !== null && <OwnOffer offer={ownOffer} />}
      {ownOffer === null && (
        <SettingRow
          label={t(isAdmin ? 'offer.rowAgain' : 'offer.row')}
          text={t(isAdmin ? 'offer.rowAgainText' : 'offer.rowText')}
        >
          <Button icon={KeyRound} onClick={() => setOpen('offer')}>
            {t(isAdmin ? 'offer.actionAgain' : 'offer.action')}
          </Button>
        </SettingRow>
      )}
      <SettingRow label={t('org.sheet')} text={t('org.sheetText')}>
        <Button icon={FileKey} onClick={() => setOpen('sheet')}>
          {t('org.sheetAction')}
        </Button>
      </SettingRow>
      {open === 'offer' && <BecomeAdministratorDialog onClose={close} />}
      {open === 'sheet' && <ChangeAdministratorsDialog administrators={administrators} offered={[]} onClose={close} />}
    </SettingsSection>
  )
}
