import { useSession } from '../session-context.tsx'
import { reportFailure } from './report-failure.ts'
import { saveFile } from './save-file.ts'

/** Everybody on the list as a CSV file. */
export const useExport = (): (() => Promise<void>) => {
  const { engine } = useSession()
  return () => engine('people.export', {}).then(({ name, bytes }) => saveFile(name, bytes, 'text/csv'), reportFailure)
}
