import { useState } from 'react'
import { reportFailure } from '../actions/report-failure.ts'
import { useTakeFile } from '../actions/useTakeFile.ts'
import { OpenFile, type OpenFileProps } from './OpenFile.tsx'

/** Opens a `.lanyard` file and takes in what it holds; what that was is said in a toast. */
export const TakeFile = (props: Pick<OpenFileProps, 'label' | 'kind' | 'size'>) => {
  const take = useTakeFile()
  const [isBusy, setBusy] = useState(false)
  const open = (bytes: Uint8Array<ArrayBuffer>) => {
    setBusy(true)
    take(bytes)
      .then(() => undefined, reportFailure)
      .finally(() => setBusy(false))
  }
  return <OpenFile {...props} isBusy={isBusy} onFile={({ bytes }) => open(bytes)} />
}
