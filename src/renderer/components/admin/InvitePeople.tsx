import { UserPlus } from 'lucide-react'
import { t } from '../../locales/i18n.ts'
import { invitePeople } from '../../ui-state.ts'
import { Button } from '../Button.tsx'

export const InvitePeople = () => (
  <Button kind="primary" icon={UserPlus} onClick={() => invitePeople()}>
    {t('admin.invite')}
  </Button>
)
