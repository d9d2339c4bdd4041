import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { t } from '../locales/i18n.ts'
import { Field, type FieldProps } from './Field.tsx'
import { IconButton } from './IconButton.tsx'

export const PassphraseField = (props: Omit<FieldProps, 'type' | 'trailing'>) => {
  const [isShown, setShown] = useState(false)
  return (
    <Field
      {...props}
      type={isShown ? 'text' : 'password'}
      spellCheck={false}
      autoCapitalize="off"
      trailing={
        <IconButton
          icon={isShown ? EyeOff : Eye}
          size="small"
          label={t(isShown ? 'action.hidePassphrase' : 'action.showPassphrase')}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        />
      }
    />
  )
}
