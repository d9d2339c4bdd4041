import { Download, Ellipsis, ListFilter, Upload, UserPlus } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import type { Person } from '../../../../shared/contract/entities.ts'
import { reportFailure } from '../../../actions/report-failure.ts'
import { useExport } from '../../../actions/useExport.ts'
import { t } from '../../../locales/i18n.ts'
import { useDirectory } from '../../../queries/directory.tsx'
import { useJoinRequests } from '../../../queries/useAdministration.ts'
import { useListStates } from '../../../queries/useListStates.ts'
import { useOrganisation } from '../../../queries/useOrganisation.ts'
import { useSession } from '../../../session-context.tsx'
import { departmentsOf, matchesPerson } from '../../../text/people.ts'
import { Button } from '../../Button.tsx'
import { CountBadge } from '../../CountBadge.tsx'
import { MenuButton } from '../../MenuButton.tsx'
import { SearchField } from '../../SearchField.tsx'
import { Select } from '../../Select.tsx'
import type { Sorting } from '../../table/SortHeader.tsx'
import { AdminPane, AdminSection } from '../AdminPane.tsx'
import { InvitePeople } from '../InvitePeople.tsx'
import { ImportDialog } from '../import/ImportDialog.tsx'
import { ListStatus } from '../ListStatus.tsx'
import { PersonDialog } from '../person/PersonDialog.tsx'
import { WaitingProposals } from '../proposals/WaitingProposals.tsx'
import { RemoveDeviceOf } from '../remove/RemoveDeviceDialog.tsx'
import { RemovePersonDialog } from '../remove/RemovePersonDialog.tsx'
import { RequestRows } from '../requests/RequestRows.tsx'
import styles from './ListPage.module.css'
import { ListTable } from './ListTable.tsx'
import { type PersonAct, personEntries } from './person-entries.ts'
import { type PeopleColumn, sortPeople } from './sort-people.ts'

/** What is open over the page. */
type Open =
  | { readonly act: 'import' | 'add' }
  | { readonly act: 'edit' | 'remove' | 'remove-device'; readonly person: Person }

/** Where the header has no room for the button beside this menu. */
const NARROW = '(max-width: 639px)'

const MoreActs = ({ onAdd, onImport }: { onAdd(): void; onImport(): void }) => {
  const [isOpen, setOpen] = useState(false)
  const exportPeople = useExport()
  return (
    <MenuButton
      icon={Ellipsis}
      label={t('list.more')}
      isOpen={isOpen}
      onOpenChange={setOpen}
      entries={[
        ...(isOpen && matchMedia(NARROW).matches
          ? [{ id: 'import', icon: Upload, label: t('list.import'), onAction: onImport }]
          : []),
        { id: 'add', icon: UserPlus, label: t('list.add'), onAction: onAdd },
        { id: 'export', icon: Download, label: t('list.export'), onAction: () => void exportPeople() },
      ]}
    />
  )
}

const Requests = () => {
  const requests = useJoinRequests() ?? []
  if (requests.length === 0) return null
  return (
    <AdminSection
      id="join-requests"
      title={t('admin.requests')}
      count={<CountBadge count={requests.length} label={t('rail.new', { count: requests.length })} />}
      aside={<p>{t('admin.compare')}</p>}
    >
      <RequestRows requests={requests} />
    </AdminSection>
  )
}

export const ListPage = () => {
  const { people, isRead } = useDirectory()
  const { engine } = useSession()
  const { self } = useOrganisation()
  const states = useListStates()
  const scroller = useRef<HTMLDivElement>(null)
  const [query, setQuery] = useState('')
  const [department, setDepartment] = useState('')
  const [sorting, setSorting] = useState<Sorting<PeopleColumn>>({ column: 'name', isDescending: false })
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const departments = useMemo(() => departmentsOf(people), [people])
  const shown = useMemo(() => {
    const listed = new Set(people.map(({ id }) => id))
    const found = [...people, ...[...states.added.values()].filter(({ id }) => !listed.has(id))].filter(
      person =>
        (department === '' || person.department === department) && (query === '' || matchesPerson(person, query)),
    )
    return sortPeople(found, sorting, states)
  }, [people, department, query, sorting, states])

  const act = (chosen: PersonAct, person: Person) => {
    if (chosen !== 'take-back') return setOpen({ act: chosen, person })
    engine('changes.stage', { edits: [{ kind: 'remove-person', personId: person.id, reason: 'left' }] }).catch(
      reportFailure,
    )
  }

  return (
    <AdminPane
      title={t('admin.contactList')}
      scroller={scroller}
      actions={
        <>
          <MoreActs onAdd={() => setOpen({ act: 'add' })} onImport={() => setOpen({ act: 'import' })} />
          <span className={styles.import}>
            <Button icon={Upload} onClick={() => setOpen({ act: 'import' })}>
              {t('list.import')}
            </Button>
          </span>
          <InvitePeople />
        </>
      }
    >
      <div>
        <ListStatus />
        <WaitingProposals />
        <Requests />
      </div>
      <AdminSection
        id="people"
        title={t('admin.people')}
        count={<span className={styles.count}>{people.length}</span>}
        aside={
          <div className={styles.tools}>
            <SearchField
              label={t('people.searchLabel')}
              placeholder={t('people.searchLabel')}
              value={query}
              onValue={setQuery}
            />
            <Select
              label={t('people.department')}
              size="small"
              icon={ListFilter}
              value={department}
              options={[['', t('people.all')], ...departments.map(([name]) => [name, name] as const)]}
              onValue={setDepartment}
            />
          </div>
        }
      >
        {isRead && shown.length > 0 && (
          <ListTable
            people={shown}
            self={self}
            states={states}
            sorting={sorting}
            scroller={scroller}
            entriesOf={person =>
              personEntries(person, self, states.added.has(person.id), chosen => act(chosen, person))
            }
            onEdit={person => setOpen({ act: 'edit', person })}
            onSort={setSorting}
          />
        )}
        {isRead && shown.length === 0 && (
          <p className={styles.none} role="status">
            {query === '' ? t('people.none') : t('people.noneText', { query })}
          </p>
        )}
        {isRead && people.length === 1 && states.added.size === 0 && query === '' && department === '' && (
          <p className={styles.none}>{t('list.alone')}</p>
        )}
      </AdminSection>
      {open?.act === 'import' && <ImportDialog onClose={close} />}
      {(open?.act === 'add' || open?.act === 'edit') && (
        <PersonDialog
          person={open.act === 'edit' ? open.person : null}
          departments={departments.map(([name]) => name)}
          onClose={close}
        />
      )}
      {open?.act === 'remove' && <RemovePersonDialog person={open.person} onClose={close} />}
      {open?.act === 'remove-device' && <RemoveDeviceOf person={open.person} onClose={close} />}
    </AdminPane>
  )
}
