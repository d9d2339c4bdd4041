import { X } from 'lucide-react'
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { t } from '../locales/i18n.ts'
import { Button } from './Button.tsx'
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
  /** Something was entered that closing would throw away: Esc, the scrim, the cross and `LeaveButton` ask first. */
  isChanged?: boolean
  onClose(): void
}

const Leave = createContext<() => void>(() => undefined)

/** Cancel, at the bottom of a dialog: goes as Esc does. */
export const LeaveButton = () => <Button onClick={useContext(Leave)}>{t('action.cancel')}</Button>

export interface DiscardDialogProps {
  onKeep(): void
  onDiscard(): void
}

/** Before something that was entered is thrown away. */
export const DiscardDialog = ({ onKeep, onDiscard }: DiscardDialogProps) => (
  <Dialog
    title={t('discard.title')}
    width="narrow"
    role="alertdialog"
    onClose={onKeep}
    footer={
      <>
        <Button onClick={onKeep}>{t('discard.keep')}</Button>
        <Button kind="danger" onClick={onDiscard}>
          {t('discard.discard')}
        </Button>
      </>
    }
  >
    <p>{t('discard.text')}</p>
  </Dialog>
)

/** Header and footer stay, the body scrolls. Esc and the scrim close it; the focus returns to what opened it. */
export const Dialog = (props: DialogProps) => {
  const { title, children, footer, aside, width = 'normal', role = 'dialog', startsInField = false } = props
  const { isChanged = false, onClose } = props
  const [isAsking, setAsking] = useState(false)
  const leave = () => (isChanged ? setAsking(true) : onClose())
  const dialog = useRef<HTMLElement>(null)
  useFocusReturn(dialog)
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another title it is another step, whose control may have gone
  useEffect(() => {
    const field = startsInField ? dialog.current?.querySelector<HTMLElement>(FIELD) : null
    if (field) field.focus()
    else if (!dialog.current?.contains(document.activeElement)) dialog.current?.focus()
  }, [startsInField, title])
  return (
    <ModalOverlay isOpen isDismissable className={styles.scrim ?? ''} onOpenChange={isOpen => !isOpen && leave()}>
      <Modal className={`${styles.modal} ${styles[width]}`}>
        <AriaDialog role={role} className={styles.dialog ?? ''} ref={dialog}>
          <header className={styles.head}>
            <Heading slot="title" className={styles.title ?? ''}>
              {title}
            </Heading>
            <IconButton icon={X} label={t('action.close')} onClick={leave} />
          </header>
          {aside === undefined ? (
            <div className={styles.body}>{children}</div>
          ) : (
            <div className={styles.split}>
              <div className={styles.main}>{children}</div>
              {aside}
            </div>
          )}
          {footer !== undefined && (
            <Leave value={leave}>
              <footer className={styles.foot}>{footer}</footer>
            </Leave>
          )}
        </AriaDialog>
      </Modal>
      {isAsking && <DiscardDialog onKeep={() => setAsking(false)} onDiscard={onClose} />}
    </ModalOverlay>
  )
}
