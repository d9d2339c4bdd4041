import type { Proposal } from '../../shared/contract/administration-entities.ts'
import { changeLines } from '../print/changes.ts'
import { counted } from '../print/table.ts'
import { moment } from '../print/time.ts'

const keysOf = { contacts: 'list keys', root: 'root keys', 'next-root': 'root keys of the new root' } as const

/** A change that waits for signatures, as a person reads it before they give theirs. Pure. */
export const proposalText = (proposal: Proposal): string => {
  const { id, kind, version, proposedBy, proposedAt, changes, changeCount, signedBy, needs } = proposal
  const signed = signedBy.map(({ name }) => name).join(', ') || 'nobody yet'
  const missing = needs
    .filter(need => need.signed < need.threshold)
    .map(need => `${counted(need.threshold - need.signed, 'signature')} by ${keysOf[need.of]}`)
  return [
    `Proposal ${id.slice(0, 16)}: ${kind} ${version}, by ${proposedBy.name}, ${moment(proposedAt)}`,
    changeLines(changes, changeCount),
    `  signed by ${signed}; missing: ${missing.join(', ') || 'nothing'}`,
  ].join('\n')
}
