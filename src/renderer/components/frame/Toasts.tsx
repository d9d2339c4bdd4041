import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { t } from '../../locales/i18n.ts'
import { closeToast, type Toast, useUi } from '../../ui-state.ts'
import { IconButton } from '../IconButton.tsx'
import styles from './Toasts.module.css'

/** Milliseconds; the clock stands still while the toast is hovered or focused. */
const SHOWN_FOR = 6_000

const ToastCard = ({ toast }: { toast: Toast }) => {
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => closeToast(toast.id), SHOWN_FOR)
    return () => clearTimeout(timer)
  }, [isHeld, toast.id])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only keeps it on screen
    <div
      className={styles.toast}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p>{toast.text}</p>
      <IconButton icon={X} size="small" label={t('toast.close')} onClick={() => closeToast(toast.id)} />
    </div>
  )
}

export const Toasts = () => {
  const toasts = useUi(state => state.toasts)
  return (
    <div className={styles.stack} role="status" aria-label={t('toasts.label')}>
      {toasts.map(toast => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  )
}
