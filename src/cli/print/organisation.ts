import type { BundleState, InspectedFile } from '../../engine/index.ts'
import type { Organisation } from '../../shared/contract/entities.ts'
import { missingCase } from '../../shared/errors.ts'
import { signers } from './changes.ts'
import { counted, facts, table } from './table.ts'
import { moment } from './time.ts'

/** The organisation as a verified bundle has it. Pure. */
export const stateText = ({ organisation, root, list, policy }: BundleState): string => {
  const rules = Object.entries(root.roles).map(([role, { threshold, keys }]) => `${role} ${threshold} of ${keys}`)
  return [
    facts([
      ['Organisation', organisation.name],
      ['Id', organisation.id],
      ['List', `${list.version}, ${signers(list.signedBy, list.threshold)}, ${moment(list.signedAt)}`],
      ['', `expires ${moment(list.expiresAt)}; ${list.freshness}, vouched for until ${moment(list.freshUntil)}`],
      ['List hash', list.hash],
      [
        'On it',
        [
          counted(list.people, 'person', 'people'),
          counted(list.devices, 'device'),
          counted(list.groups, 'group'),
          counted(list.removedDevices, 'removed device'),
        ].join(', '),
      ],
      ['Root', `${root.version}, signed ${moment(root.issuedAt)}, expires ${moment(root.expiresAt)}`],
      ['Needed', rules.join(', ')],
      ['Invitations', policy.approvesInvitations ? 'approved by themselves' : 'approved by hand'],
      ['Lease', policy.offlineLeaseDays === null ? 'none' : counted(policy.offlineLeaseDays, 'day')],
    ]),
    table(
      ['KEY', 'PERSON', 'LABEL', 'SIGNS'],
      root.keys.map(({ keyId, name, label, roles }) => [keyId.slice(0, 16), name, label, roles.join(', ')]),
    ),
  ].join('\n\n')
}

type BundleSteps = Extract<InspectedFile, { kind: 'bundle' }>['steps']

const SIGNS = { ok: 'ok', noticed: 'NOTE', refused: 'REFUSED' } as const

/** Each step of a verification, and the verdict. Pure. */
export const stepsText = (steps: BundleSteps): string => {
  const lines = table(
    ['', 'STEP', 'RESULT'],
    steps.map(({ step, outcome, reason, detail }) => [
      SIGNS[outcome],
      step,
      reason === null ? detail : `${reason}: ${detail}`,
    ]),
  )
  const isRefused = steps.some(({ outcome }) => outcome === 'refused')
  return `${lines}\n\n${isRefused ? 'NOT VERIFIED' : 'Verified.'}`
}

/** A file that is no bundle, in a few lines. Pure. */
export const fileText = (file: Exclude<InspectedFile, { kind: 'bundle' }>): string => {
  switch (file.kind) {
    case 'proposal':
      return facts([
        ['Proposal', file.id],
        ['Of', `a new ${file.of}`],
        ['Made', `${moment(file.proposedAt)} by person ${file.proposer.slice(0, 12)}`],
        ['Signatures', `${file.signatures}; "bundle inspect" in a member's profile tells what it changes`],
      ])
    case 'invitation':
      return facts([
        ['Invitation', file.organisation],
        ['For', [file.name, file.title, file.department].filter(Boolean).join(', ')],
        ['Good until', moment(file.expiresAt)],
      ])
    case 'notices':
      return table(
        ['NOTICE', 'KIND'],
        file.notices.map(({ id, kind }) => [id.slice(0, 16), kind]),
      )
    default:
      return missingCase(file)
  }
}

/** What only a profile knows. Pure. */
export const membershipText = ({ membership, isAdmin, recoveryPending, isLeaseOver, administration }: Organisation) =>
  facts([
    ['This device', membership === 'removed' ? 'removed from the list' : isAdmin ? 'administrator' : 'member'],
    [
      'Waiting',
      `${counted(administration.staged, 'staged change')}, ${counted(administration.proposals, 'proposal')}, ${counted(administration.offers, 'offer')}`,
    ],
    ...(recoveryPending ? ([['Recovery', 'the sheet is not confirmed: "lanyard recovery"']] as const) : []),
    ...(isLeaseOver ? ([['Lease', 'over: messages stay closed until there is fresh news']] as const) : []),
  ])
