import { setupI18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { en } from './en.ts'

export type MessageKey = keyof typeof en

const LANGUAGE = 'en'

const i18n = setupI18n()
// Messages are compiled to data and interpreted: nothing here needs eval.
i18n.setMessagesCompiler(compileMessage)
i18n.loadAndActivate({ locale: LANGUAGE, messages: en })

/** The text of a message of the catalogue (ICU MessageFormat). Plain text, never HTML. */
export const t = (key: MessageKey, values?: Readonly<Record<string, string | number>>): string => i18n._(key, values)
