import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { t } from '../locales/i18n.ts'
import styles from './Dialog.module.css'
import { IconButton } from './IconButton.tsx'
import { useFocusReturn } from './useFocusReturn.ts'

const FIELD = 'input:not([type=checkbox], [type=radio], [type=file]), textarea'

export interface DialogProps {
  title: string
  children: ReactNode
  /** Buttons at the bottom, the primary one last. */
  footer?: ReactNode
  /** Beside the body, with a surface of its own; below it where there is no room. */
  aside?: ReactNode
  width?: 'narrow' | 'normal' | 'wide'
  role?: 'dialog' | 'alertdialog'
  /** The focus begins in the first field; else on the dialog itself, so that its words are read first. */
  startsInField?: boolean
  onClose(): void
}

/** Header and footer stay, the body scrolls. Esc and the scrim close it; the focus returns to what opened it. */
export const Dialog = (props: DialogProps) => {
  const { title, children, footer, aside, width = 'normal', role = 'dialog', startsInField = false, onClose } = props
  const dialog = useRef<HTMLElement>(null)
  useFocusReturn(dialog)
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another title it is another step, whose control may have gone
  useEffect(() => {
    const field = startsInField ? dialog.current?.querySelector<HTMLElement>(FIELD) : null
    if (field) field.focus()
    else if (!dialog.current?.contains(document.activeElement)) dialog.current?.focus()
  }, [startsInField, title])
  return (
    <ModalOverlay isOpen isDismissable className={styles.scrim ?? ''} onOpenChange={isOpen => !isOpen && onClose()}>
      <Modal className={`${styles.modal} ${styles[width]}`}>
        <AriaDialog role={role} className={styles.dialog ?? ''} ref={dialog}>
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
}
