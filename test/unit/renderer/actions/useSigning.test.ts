import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { createStore } from 'zustand'
import { type Signing, useSigning } from '../../../../src/renderer/actions/useSigning.ts'
import type { Session, SessionState } from '../../../../src/renderer/session.ts'
import { SessionProvider } from '../../../../src/renderer/session-context.tsx'

const Probe = ({ onSigning }: { onSigning(signing: Signing): void }) => {
  onSigning(useSigning())
  return null
}

/** As the component has it that was drawn once; it is not drawn again. */
const signingOver = (engine: (name: string) => Promise<unknown>): Signing => {
  const state = { connection: 'open', status: { organisation: { adminUnlocked: true } } } as unknown as SessionState
  const session = { store: createStore(() => state), engine } as unknown as Session
  const held: Signing[] = []
  const children = createElement(Probe, { onSigning: signing => void held.push(signing) })
  renderToString(SessionProvider({ session, children }))
  const [signing] = held
  if (signing === undefined) throw new Error('Nothing was drawn')
  return signing
}

test('two presses of Sign before anything is drawn sign once', async () => {
  const asked: string[] = []
  const signing = signingOver(async name => {
    asked.push(name)
    return { outcome: 'in-force', version: 2, signatures: 1, threshold: 1 }
  })
  expect(await Promise.all([signing.sign(), signing.sign()])).toEqual([true, false])
  expect(asked).toEqual(['changes.sign'])
  await signing.sign()
  expect(asked).toHaveLength(2)
})
