import { FileKey, KeyRound } from 'lucide-react'
import { useState } from 'react'
import type { Proposal } from '../../../../shared/contract/administration-entities.ts'
import { t } from '../../../locales/i18n.ts'
import { MINUTE, useNow } from '../../../queries/useNow.ts'
import { seenWords } from '../../../text/seen.ts'
import { Button } from '../../Button.tsx'
import { CountBadge } from '../../CountBadge.tsx'
import { Icon } from '../../Icon.tsx'
import { Tag } from '../../Tag.tsx'
import { TakeFile } from '../../TakeFile.tsx'
import { AdminSection } from '../AdminPane.tsx'
import rows from '../rows.module.css'
import { ProposalDialog } from './ProposalDialog.tsx'
import { mainNeed, proposalTitle, useProposals } from './useProposals.ts'
import styles from './WaitingProposals.module.css'

const ProposalRow = ({ proposal, onReview }: { proposal: Proposal; onReview(): void }) => {
  const now = useNow(MINUTE)
  const { kind, proposedBy, proposedAt, wantsOwn, isOwn } = proposal
  const title = proposalTitle(proposal)
  const time = seenWords(proposedAt, now, 'inside')
  return (
    <li>
      <span className={styles.tile}>
        <Icon icon={kind === 'list' ? FileKey : KeyRound} size={18} />
      </span>
      <div className={rows.person}>
        <p className={rows.name}>{title}</p>
        <p className={rows.detail}>
          {isOwn ? t('proposal.byYou', { time }) : t('proposal.by', { name: proposedBy.name, time })}
        </p>
      </div>
      <div className={`${rows.middle} ${styles.state}`}>
        <Tag kind={wantsOwn ? 'warning' : 'plain'}>{t(wantsOwn ? 'proposal.wantsYou' : 'proposal.waits')}</Tag>
        <span className={rows.until}>{t('proposal.counts', mainNeed(proposal))}</span>
      </div>
      <div className={rows.acts}>
        <Button
          size="small"
          kind={wantsOwn ? 'primary' : 'secondary'}
          aria-label={t('proposal.reviewName', { title })}
          onClick={onReview}
        >
          {t('proposal.review')}
        </Button>
      </div>
    </li>
  )
}

export interface WaitingProposalsProps {
  /** Left out: lists and roots, and a button for a change that came as a file; elsewhere the page has one. */
  kind?: Proposal['kind']
}

/** Changes that lack signatures, with what each is and who has signed; nothing where none waits. */
export const WaitingProposals = ({ kind }: WaitingProposalsProps) => {
  const proposals = useProposals()?.filter(proposal => kind === undefined || proposal.kind === kind) ?? []
  const [openId, setOpenId] = useState<Proposal['id'] | null>(null)
  const open = proposals.find(({ id }) => id === openId)
  const wanted = proposals.filter(({ wantsOwn }) => wantsOwn).length
  if (proposals.length === 0) return null
  return (
    <AdminSection
      id={`waiting-${kind ?? 'all'}`}
      title={t('proposals.title')}
      aside={kind === undefined && <TakeFile size="small" label={t('proposal.open')} />}
      count={wanted > 0 && <CountBadge count={wanted} label={t('rail.new', { count: wanted })} />}
    >
      <div className={rows.container}>
        <ul className={rows.rows} aria-label={t('proposals.title')}>
          {proposals.map(proposal => (
            <ProposalRow key={proposal.id} proposal={proposal} onReview={() => setOpenId(proposal.id)} />
          ))}
        </ul>
      </div>
      {open !== undefined && <ProposalDialog proposal={open} onClose={() => setOpenId(null)} />}
    </AdminSection>
  )
}
