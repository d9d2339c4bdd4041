import type { DraftTarget, StagedDraft } from '../../shared/contract/administration-entities.ts'
import type { StagedEdit } from './staged-edit.ts'

/** What a form goes on from, whole and not cut as the words for people are; undefined for an edit that has no form. */
export const draftOf = (edit: StagedEdit): StagedDraft | undefined => {
  if (edit.kind === 'put-person') return { kind: 'person', ...edit.person }
  if (edit.kind === 'put-group') return { kind: 'group', ...edit.group }
  return edit.kind === 'change-policy' ? { kind: 'policy', ...edit.policy } : undefined
}

/** As `targetOf` calls it. */
export const targetOfDraft = (target: DraftTarget): string => {
  if (target.kind === 'policy') return 'policy'
  return target.kind === 'person' ? `person ${target.personId}` : `group ${target.groupId}`
}
