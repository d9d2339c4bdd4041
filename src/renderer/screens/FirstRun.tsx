import { useEffect, useState } from 'react'
import { FoundOrganisation } from '../components/setup/FoundOrganisation.tsx'
import { JoinOrganisation } from '../components/setup/JoinOrganisation.tsx'
import { ProtectProfile } from '../components/setup/ProtectProfile.tsx'
import { Welcome } from '../components/setup/Welcome.tsx'
import { useStatus } from '../queries/useOrganisation.ts'
import { useUi } from '../ui-state.ts'

/** From an empty PC to an organisation: what to do, what protects the messages, then the details. */
export const FirstRun = () => {
  const { profile } = useStatus()
  const invitationLink = useUi(state => state.invitationLink)
  const [path, setPath] = useState<'join' | 'found' | null>(null)
  useEffect(() => {
    if (invitationLink !== '') setPath('join')
  }, [invitationLink])
  const back = () => setPath(null)
  if (path === null) return <Welcome onChoose={setPath} />
  if (profile.state === 'empty') return <ProtectProfile path={path} onBack={back} />
  return path === 'join' ? <JoinOrganisation onBack={back} /> : <FoundOrganisation onBack={back} />
}
