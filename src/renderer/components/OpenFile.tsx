import { FolderOpen, type LucideIcon } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { DropZone, type DropZoneProps, Text } from 'react-aria-components'
import { MAX_BUNDLE_BYTES } from '../../shared/limits.ts'
import { readFile } from '../actions/read-file.ts'
import { reportFailure } from '../actions/report-failure.ts'
import text from '../styles/text.module.css'
import { Button, type ButtonProps } from './Button.tsx'
import styles from './OpenFile.module.css'

export interface OpenedFile {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

export interface OpenFileProps extends Pick<ButtonProps, 'kind' | 'size' | 'isBusy' | 'disabled'> {
  /** What the button says. */
  label: string
  /** As in `<input accept>`. */
  accept?: string
  maxBytes?: number
  icon?: LucideIcon
  onFile(file: OpenedFile): void
}

const LANYARD_FILES = '.lanyard'
/** Room for the container around the largest bundle. */
const MAX_LANYARD_FILE = MAX_BUNDLE_BYTES + 64

/** A button that asks for one file of this PC and reads it. A file that is too large is refused in a toast. */
export const OpenFile = (props: OpenFileProps) => {
  const { label, accept = LANYARD_FILES, maxBytes = MAX_LANYARD_FILE, icon = FolderOpen, onFile, ...button } = props
  const input = useRef<HTMLInputElement>(null)
  const take = (file: File | undefined) => {
    if (file !== undefined) readFile(file, maxBytes).then(onFile, reportFailure)
  }
  return (
    <>
      <Button {...button} icon={icon} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        onChange={event => {
          take(event.target.files?.[0])
          // The same file may be chosen again after a failure.
          event.target.value = ''
        }}
      />
    </>
  )
}

export interface DropFileProps extends OpenFileProps {
  /** What may be dropped here, in words. */
  hint: string
  children?: ReactNode
}

/** A place to drop one file on, with the button for those who do not drag. */
export const DropFile = ({ hint, children, ...open }: DropFileProps) => {
  const { maxBytes = MAX_LANYARD_FILE, onFile } = open
  const drop: DropZoneProps['onDrop'] = ({ items }) => {
    const item = items.find(({ kind }) => kind === 'file')
    if (item?.kind === 'file')
      item
        .getFile()
        .then(file => readFile(file, maxBytes))
        .then(onFile, reportFailure)
  }
  return (
    <DropZone className={styles.zone ?? ''} aria-label={hint} onDrop={drop}>
      <Text slot="label" className={text.hidden ?? ''}>
        {hint}
      </Text>
      {children}
      <OpenFile {...open} />
      <p className={styles.hint}>{hint}</p>
    </DropZone>
  )
}
