import type { CryptoProvider } from '../../crypto/index.ts'
import {
  decodeFile,
  decodeNotices,
  parseInvitation,
  proposalId,
  readNotice,
  readProposal,
  reportVerification,
  type VerificationStep,
} from '../../org/index.ts'
import type { OrganisationId, PersonId } from '../../shared/ids.ts'
import { createNativeProvider } from '../native-crypto.ts'
import { type BundleState, bundleStateOf } from './bundle-state.ts'

/** What a `.lanyard` file is, seen by somebody who belongs to no organisation. */
export type InspectedFile =
  | {
      readonly kind: 'bundle'
      readonly steps: readonly VerificationStep[]
      /** As the first root says; null where there is none. */
      readonly organisationId: OrganisationId | null
      /** Null where a step refused the bundle. */
      readonly state: BundleState | null
    }
  /** What it changes only a member's device can tell: it has the documents that are changed. */
  | {
      readonly kind: 'proposal'
      readonly id: string
      readonly of: 'list' | 'root'
      readonly proposer: PersonId
      readonly proposedAt: number
      readonly signatures: number
    }
  | {
      readonly kind: 'invitation'
      readonly organisation: string
      readonly name: string
      readonly title: string
      readonly department: string
      readonly expiresAt: number
    }
  | { readonly kind: 'notices'; readonly notices: readonly { readonly kind: string; readonly id: string }[] }

export interface InspectInit {
  readonly provider?: CryptoProvider
  /** That a bundle must belong to; null to take the one that it names. */
  readonly organisationId: OrganisationId | null
  /** Milliseconds since 1970. */
  readonly now: number
}

/**
 * Reads and verifies a file without a profile. Throws `document-malformed` and `document-too-large` for what is no such
 * file; a bundle that is refused is an answer, with the step that refused it.
 */
export const inspectFile = (bytes: Uint8Array, init: InspectInit): InspectedFile => {
  const { provider = createNativeProvider(), organisationId, now } = init
  const { kind, payload } = decodeFile(bytes)
  switch (kind) {
    case 'bundle': {
      const report = reportVerification(provider, payload, { organisationId, now })
      const { steps, trusted } = report
      const state = trusted === null ? null : bundleStateOf(trusted, report.roots, now)
      return { kind, steps, organisationId: report.organisationId, state }
    }
    case 'proposal': {
      const proposal = readProposal(payload)
      const { kind: of, proposer, proposedAt, signatures } = proposal
      return { kind, id: proposalId(provider, proposal), of, proposer, proposedAt, signatures: signatures.length }
    }
    case 'invitation': {
      const { organisationName, name, title, department, expires } = parseInvitation(
        provider,
        new TextDecoder().decode(payload),
      )
      return { kind, organisation: organisationName, name, title, department, expiresAt: expires }
    }
    case 'notices': {
      const notices = decodeNotices(payload).map(encoded => readNotice(provider, encoded))
      return { kind, notices: notices.map(notice => ({ kind: notice.kind, id: notice.id })) }
    }
  }
}
