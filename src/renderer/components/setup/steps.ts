import type { MessageKey } from '../../locales/i18n.ts'
import type { Steps } from './SetupLayout.tsx'

const PATHS = {
  join: ['steps.protect', 'steps.invitation', 'steps.details', 'steps.approval'],
  found: ['steps.protect', 'steps.organisation', 'steps.recovery'],
} as const satisfies Record<string, readonly MessageKey[]>

/** Where on a path a screen stands, from 0. */
export const stepsAt = (path: keyof typeof PATHS, current: number): Steps => ({ names: PATHS[path], current })
