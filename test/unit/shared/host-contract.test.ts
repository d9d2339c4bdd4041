import { expect, test } from 'vitest'
import { hostContract } from '../../../src/shared/contract/host.ts'

const opens = (url: string) => hostContract.calls['link.open'].input.safeParse({ url }).success

test('only addresses of the web and of mail are opened outside, whoever asks', () => {
  expect(opens('https://example.org/a?b=c#d')).toBe(true)
  expect(opens('mailto:marta@example.org')).toBe(true)
  for (const url of [
    'http://example.org',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://mallory/share',
    'ms-msdt:/id PCWDiagnostic',
    'lanyard:join/abc',
    'xhttps://example.org',
    'example.org',
  ])
    expect(opens(url), url).toBe(false)
})
