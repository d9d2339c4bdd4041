// First, so that the rules of components stand after them.
import './styles/tokens.css'
import './styles/base.css'
import { createRoot } from 'react-dom/client'
import * as z from 'zod/mini'
import { App } from './App.tsx'
import { connectShell } from './bridge/connect.ts'
import { ErrorBoundary } from './components/ErrorBoundary.tsx'
import { startSession } from './session.ts'
import { SessionProvider } from './session-context.tsx'

// The content security policy forbids `new Function`, which zod would otherwise try.
z.config({ jitless: true })

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root element')

const session = startSession({ connect: connectShell, onBug: error => console.error(error) })

createRoot(root).render(
  <ErrorBoundary>
    <SessionProvider session={session}>
      <App />
    </SessionProvider>
  </ErrorBoundary>,
)
