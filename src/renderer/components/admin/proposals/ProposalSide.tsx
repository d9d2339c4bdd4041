import { Check } from 'lucide-react'
import type { Proposal } from '../../../../shared/contract/administration-entities.ts'
import { t } from '../../../locales/i18n.ts'
import { MINUTE, useNow } from '../../../queries/useNow.ts'
import { seenWords } from '../../../text/seen.ts'
import { Avatar } from '../../Avatar.tsx'
import { Icon } from '../../Icon.tsx'
import { Timeline, type TimelineStep } from '../../Timeline.tsx'
import styles from './ProposalDialog.module.css'
import { mainNeed } from './useProposals.ts'

const needKey = {
  contacts: 'proposal.needContacts',
  root: 'proposal.needRoot',
  'next-root': 'proposal.needNextRoot',
} as const

const stepsOf = (proposal: Proposal, time: string): readonly TimelineStep[] => {
  const { proposedBy, wantsOwn, needs } = proposal
  const isDone = needs.every(({ signed, threshold }) => signed >= threshold)
  const signing = wantsOwn ? 'proposal.signingYours' : 'proposal.signingOthers'
  return [
    { title: t('proposal.prepared'), detail: t('proposal.preparedBy', { name: proposedBy.name, time }), state: 'done' },
    {
      title: t('proposal.signing'),
      detail: t(isDone ? 'proposal.signingDone' : signing, mainNeed(proposal)),
      state: isDone ? 'done' : 'current',
    },
    { title: t('proposal.inForce'), detail: t('proposal.inForceText'), state: 'pending' },
  ]
}

/** Who has signed, how much is missing, and how far the change is. */
export const ProposalSide = ({ proposal }: { proposal: Proposal }) => {
  const now = useNow(MINUTE)
  const { needs, signedBy, proposedAt } = proposal
  return (
    <aside className={styles.side} aria-label={t('proposal.status')}>
      <h3>{t('proposal.signatures')}</h3>
      <ul className={styles.needs}>
        {needs.map(({ of, signed, threshold }) => (
          <li key={of}>
            <span>{t(needKey[of])}</span> <b>{t('proposal.signingDone', { signed, threshold })}</b>
          </li>
        ))}
      </ul>
      <ul className={styles.signers}>
        {signedBy.map(({ keyId, personId, name }) => (
          <li key={keyId}>
            <Avatar id={personId ?? keyId} name={name} size={24} />
            <span className={styles.signer}>{name}</span>
            <span className={styles.check}>
              <Icon icon={Check} size={16} />
              {t('proposal.signed')}
            </span>
          </li>
        ))}
      </ul>
      <h3>{t('proposal.status')}</h3>
      <Timeline label={t('proposal.status')} steps={stepsOf(proposal, seenWords(proposedAt, now, 'inside'))} />
    </aside>
  )
}
