import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { t } from '../locales/i18n.ts'
import styles from './Dialog.module.css'
import { IconButton } from './IconButton.tsx'

export interface DialogProps {
  title: string
  children: ReactNode
  /** Buttons at the bottom, the primary one last. */
  footer?: ReactNode
  /** Beside the body, with a surface of its own; below it where there is no room. */
  aside?: ReactNode
  width?: 'narrow' | 'normal' | 'wide'
  role?: 'dialog' | 'alertdialog'
  onClose(): void
}

/** Header and footer stay, the body scrolls. Esc and the scrim close it; the focus returns to what opened it. */
export const Dialog = ({ title, children, footer, aside, width = 'normal', role = 'dialog', onClose }: DialogProps) => (
  <ModalOverlay isOpen isDismissable className={styles.scrim ?? ''} onOpenChange={isOpen => !isOpen && onClose()}>
    <Modal className={`${styles.modal} ${styles[width]}`}>
      <AriaDialog role={role} className={styles.dialog ?? ''}>
        <header className={styles.head}>
          <Heading slot="title" className={styles.title ?? ''}>
            {title}
          </Heading>
          <IconButton icon={X} label={t('action.close')} onClick={onClose} />
        </header>
        {aside === undefined ? (
          <div className={styles.body}>{children}</div>
        ) : (
          <div className={styles.split}>
            <div className={styles.main}>{children}</div>
            {aside}
          </div>
        )}
        {footer !== undefined && <footer className={styles.foot}>{footer}</footer>}
      </AriaDialog>
    </Modal>
  </ModalOverlay>
)
