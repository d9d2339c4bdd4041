import { useEffect } from 'react'
import { leavePage, stayOnPage, useUi } from '../../ui-state.ts'
import { DiscardDialog } from '../Dialog.tsx'

/** On a page that is a form itself: asks before something that was entered there is thrown away by going elsewhere. */
export const DiscardPage = ({ isChanged }: { isChanged: boolean }) => {
  const isLeaving = useUi(state => state.leaving !== null)
  useEffect(() => {
    useUi.setState({ isPageChanged: isChanged })
    return () => useUi.setState({ isPageChanged: false, leaving: null })
  }, [isChanged])
  return isLeaving && <DiscardDialog onKeep={stayOnPage} onDiscard={leavePage} />
}
