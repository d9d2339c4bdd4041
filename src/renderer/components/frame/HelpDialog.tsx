import { useLock } from '../../actions/useLock.ts'
import { type MessageKey, t } from '../../locales/i18n.ts'
import { useOrganisation } from '../../queries/useOrganisation.ts'
import { useUi } from '../../ui-state.ts'
import { Dialog } from '../Dialog.tsx'
import { isMac } from '../platform.ts'
import styles from './HelpDialog.module.css'

/** Keys as they are printed on a PC's keyboard; on macOS Ctrl is Command and Alt is Option. */
const keysFor = (isAdmin: boolean, canLock: boolean): readonly (readonly [string, MessageKey])[] => [
  ['Ctrl+K, Ctrl+N', 'help.switcher'],
  ['Ctrl+F', 'help.find'],
  isAdmin ? ['Ctrl+1 … 4', 'help.viewsAdmin'] : ['Ctrl+1 … 3', 'help.views'],
  ['Alt+↑, Alt+↓', 'help.conversations'],
  ['Alt+Shift+↑, ↓', 'help.unread'],
  ['F6, Shift+F6', 'help.panes'],
  ['A, B, C …', 'help.letters'],
  ['Enter, Shift+Enter', 'help.send'],
  ['Shift+Tab', 'help.intoMessages'],
  ['↑, ↓, Home, End', 'help.moveMessages'],
  ['Enter, Shift+F10', 'help.messageMenu'],
  ...(canLock ? [['Ctrl+Shift+L', 'help.lock'] as const] : []),
  ['Esc', 'help.escape'],
  ['Ctrl+/', 'help.list'],
]

const named = (keys: string): string => (isMac ? keys.replaceAll('Ctrl', '⌘').replaceAll('Alt', '⌥') : keys)

export const HelpDialog = () => {
  const { isAdmin } = useOrganisation()
  const keys = keysFor(isAdmin, useLock() !== null)
  return (
    <Dialog title={t('help.title')} onClose={() => useUi.setState({ isHelpOpen: false })}>
      <dl className={styles.keys}>
        {keys.map(([keys, does]) => (
          <div key={does}>
            <dt>
              <kbd>{named(keys)}</kbd>
            </dt>
            <dd>{t(does)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
