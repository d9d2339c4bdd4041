import type { Proposal } from '../../../../shared/contract/administration-entities.ts'
import { t } from '../../../locales/i18n.ts'
import { useConsole } from '../../../queries/useConsole.ts'

/** What waits for signatures, those that want this person's first. Undefined until known. */
export const useProposals = (): readonly Proposal[] | undefined => {
  const { data } = useConsole('changes.get', {})
  return data?.proposals.toSorted((a, b) => Number(b.wantsOwn) - Number(a.wantsOwn) || b.proposedAt - a.proposedAt)
}

export const proposalTitle = ({ kind, version }: Pick<Proposal, 'kind' | 'version'>): string =>
  t(kind === 'list' ? 'proposal.list' : 'proposal.root', { version })

/** The need that is furthest from being met: what is said where there is room for one number. */
export const mainNeed = ({ needs }: Pick<Proposal, 'needs'>): { signed: number; threshold: number } =>
  needs.toSorted((a, b) => b.threshold - b.signed - (a.threshold - a.signed))[0] ?? { signed: 0, threshold: 0 }

/** Whether one more signature completes it. */
export const lacksOne = ({ needs }: Pick<Proposal, 'needs'>): boolean =>
  needs.every(({ signed, threshold }) => threshold - signed <= 1)
