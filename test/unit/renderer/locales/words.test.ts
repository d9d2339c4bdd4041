import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import { describe, expect, test } from 'vitest'
import { en } from '../../../../src/renderer/locales/en.ts'
import { errorWords } from '../../../../src/renderer/locales/error-words.ts'
import { t } from '../../../../src/renderer/locales/i18n.ts'
import { errorCodes } from '../../../../src/shared/errors.ts'

describe('every error', () => {
  test.each(errorCodes)('%s says what happened, in whole sentences', code => {
    const { what, safe, next } = errorWords(code)
    expect(what).toMatch(/^[A-Z].*\.$/)
    expect(safe).toMatch(/^[A-Z].*\.$/)
    expect(next).toMatch(/^$|^[A-Z].*\.$/)
  })
  test.each(errorCodes)('%s is in plain words', code => {
    const all = Object.values(errorWords(code)).join(' ')
    expect(all).not.toMatch(/!|please|peer|node|roster|cached|hash/i)
  })
})

describe('the catalogue', () => {
  test('is well-formed ICU MessageFormat throughout', () => {
    for (const [key, message] of Object.entries(en)) expect(() => compileMessageOrThrow(message), key).not.toThrow()
  })
  test('does not shout, beg or use straight apostrophes', () => {
    for (const [key, message] of Object.entries(en)) expect(message, key).not.toMatch(/!|'|\bplease\b/i)
  })
  test('counts', () => {
    expect(t('network.nearby', { count: 1 })).toBe('1 colleague nearby')
    expect(t('network.nearby', { count: 12 })).toBe('12 colleagues nearby')
    expect(t('waiting.sent', { minutes: 0 })).toMatch(/^Sent just now\./)
    expect(t('chat.dayNew', { day: 'Today', count: 3 })).toBe('Today, 3 new messages')
  })
  test('shows what people wrote as they wrote it', () => {
    expect(t('chats.draftPreview', { text: '<b>{name}</b>' })).toBe('Draft: <b>{name}</b>')
  })
})
