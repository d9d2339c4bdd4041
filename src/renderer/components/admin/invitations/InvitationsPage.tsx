import { Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Invitation } from '../../../../shared/contract/entities.ts'
import type { InvitationId } from '../../../../shared/ids.ts'
import { reportFailure } from '../../../actions/report-failure.ts'
import { t } from '../../../locales/i18n.ts'
import { useInvitations } from '../../../queries/useAdministration.ts'
import { useSession } from '../../../session-context.tsx'
import { showToast } from '../../../ui-state.ts'
import { Button } from '../../Button.tsx'
import { Checkbox } from '../../Checkbox.tsx'
import { Chips } from '../../Chips.tsx'
import { AdminPane } from '../AdminPane.tsx'
import { InvitePeople } from '../InvitePeople.tsx'
import rows from '../rows.module.css'
import { InvitationReady } from './InvitationReady.tsx'
import { InvitationRows } from './InvitationRows.tsx'
import styles from './InvitationsPage.module.css'
import { WithdrawDialog } from './WithdrawDialog.tsx'

type Shown = { readonly invitation: Invitation; readonly link: string }

const none: ReadonlySet<InvitationId> = new Set()

export const InvitationsPage = () => {
  const { engine } = useSession()
  const all = useInvitations()
  const [show, setShow] = useState<'open' | 'past'>('open')
  const newest = useRef(0)
  const [chosen, setChosen] = useState<ReadonlySet<InvitationId>>(none)
  const [shown, setShown] = useState<Shown | null>(null)
  const [withdrawn, setWithdrawn] = useState<readonly Invitation[]>([])
  const listed = all?.filter(({ state }) => (state === 'open') === (show === 'open')) ?? []
  const picked = listed.filter(({ id, state }) => state === 'open' && chosen.has(id))

  const toggle = (id: InvitationId, isOn: boolean) =>
    setChosen(isOn ? new Set([...chosen, id]) : new Set([...chosen].filter(other => other !== id)))
  const showAgain = (invitation: Invitation) => {
    const asked = ++newest.current
    return engine('invitation.link', { id: invitation.id }).then(
      // of two that were asked for the last one is shown, whichever answer comes first
      ({ link }) => asked === newest.current && setShown({ invitation, link }),
      reportFailure,
    )
  }
  const withdrawOne = ({ id, name }: Invitation) =>
    engine('invitation.withdraw', { id }).then(() => showToast(t('invite.withdrawnToast', { name })), reportFailure)

  return (
    <AdminPane title={t('admin.invitations')} actions={<InvitePeople />}>
      <div className={styles.tools}>
        <Chips
          label={t('invitations.filter')}
          value={show}
          options={[
            ['open', t('invitations.open')],
            ['past', t('invitations.past')],
          ]}
          onValue={setShow}
        />
        {show === 'open' && listed.length > 1 && (
          <span className={styles.many}>
            <Checkbox
              label={t('invitations.selectAll')}
              isOn={picked.length === listed.length}
              onChange={isOn => setChosen(isOn ? new Set(listed.map(({ id }) => id)) : none)}
            />
            {picked.length > 0 && (
              <Button size="small" icon={Trash2} onClick={() => setWithdrawn(picked)}>
                {t('invitations.withdrawChosen', { count: picked.length })}
              </Button>
            )}
          </span>
        )}
      </div>
      {all !== undefined && listed.length === 0 && (
        <p className={rows.none}>{t(show === 'open' ? 'admin.noInvitations' : 'invitations.nonePast')}</p>
      )}
      {listed.length > 0 && (
        <InvitationRows
          invitations={listed}
          chosen={chosen}
          onToggle={toggle}
          onShow={invitation => void showAgain(invitation)}
          onWithdraw={invitation => void withdrawOne(invitation)}
        />
      )}
      {shown !== null && (
        <InvitationReady
          name={shown.invitation.name}
          invitation={{ ...shown.invitation, link: shown.link }}
          onClose={() => setShown(null)}
        />
      )}
      {withdrawn.length > 0 && (
        <WithdrawDialog
          invitations={withdrawn}
          onClose={() => {
            setWithdrawn([])
            setChosen(none)
          }}
        />
      )}
    </AdminPane>
  )
}
