import { isPlainLine } from '../../shared/text-rules.ts'
import { t } from '../locales/i18n.ts'

/** What is wrong with a name or detail that goes into a signed document, for the field's error line; else null. */
export const lineFault = (text: string): string | null => (isPlainLine(text.trim()) ? null : t('field.unreadable'))
