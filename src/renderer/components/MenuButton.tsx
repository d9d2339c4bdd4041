import type { LucideIcon } from 'lucide-react'
import { useId, useRef } from 'react'
import { Menu, MenuItem, Popover, Separator } from 'react-aria-components'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import styles from './MenuButton.module.css'

export interface MenuEntry {
  readonly id: string
  readonly icon: LucideIcon
  readonly label: string
  readonly isDanger?: boolean
  onAction(): void
}

export interface MenuButtonProps {
  icon: LucideIcon
  label: string
  size?: 'small' | 'normal'
  /** False where the menu opens with keys of the thing around it. */
  isTabStop?: boolean
  entries: readonly MenuEntry[]
  isOpen: boolean
  onOpenChange(isOpen: boolean): void
}

/** A button with a menu of acts, dangerous ones last after a line; Esc closes it and the focus returns to what had it. */
export const MenuButton = (props: MenuButtonProps) => {
  const { icon, label, size = 'normal', isTabStop = true, entries, isOpen, onOpenChange } = props
  const button = useRef<HTMLButtonElement>(null)
  const menuId = useId()
  const safe = entries.filter(({ isDanger = false }) => !isDanger)
  const dangers = entries.filter(({ isDanger = false }) => isDanger)
  const item = ({ id, icon: entryIcon, label: words, isDanger = false, onAction }: MenuEntry) => (
    <MenuItem
      key={id}
      id={id}
      textValue={words}
      className={`${styles.entry} ${isDanger ? styles.danger : ''}`}
      onAction={onAction}
    >
      <Icon icon={entryIcon} size={18} />
      {words}
    </MenuItem>
  )
  return (
    <>
      <IconButton
        ref={button}
        icon={icon}
        label={label}
        size={size}
        tabIndex={isTabStop ? 0 : -1}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? menuId : undefined}
        onClick={() => onOpenChange(!isOpen)}
      />
      <Popover
        aria-label={label}
        triggerRef={button}
        isOpen={isOpen}
        onOpenChange={onOpenChange}
        placement="bottom end"
        className={styles.popover ?? ''}
      >
        <Menu
          id={menuId}
          aria-label={label}
          autoFocus="first"
          className={styles.menu ?? ''}
          onClose={() => onOpenChange(false)}
        >
          {safe.map(item)}
          {safe.length > 0 && dangers.length > 0 && <Separator className={styles.line ?? ''} />}
          {dangers.map(item)}
        </Menu>
      </Popover>
    </>
  )
}
