import { ChevronDown } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { t } from '../../locales/i18n.ts'
import { type AdminPage, showAdminPage, useUi } from '../../ui-state.ts'
import { Banners } from '../frame/Banners.tsx'
import { Icon } from '../Icon.tsx'
import styles from './AdminPane.module.css'
import { ADMIN_PLACES } from './pages.ts'

export interface AdminPaneProps {
  title: string
  /** Buttons at the right of the title, the primary one last. */
  actions?: ReactNode
  children: ReactNode
  /** The part that scrolls. */
  scroller?: Ref<HTMLDivElement>
}

/** One page of the console: title, acts, standing conditions, and a body that scrolls. */
export const AdminPane = ({ title, actions, children, scroller }: AdminPaneProps) => {
  const page = useUi(state => state.adminPage)
  return (
    <>
      <header className={styles.head}>
        {/* The column with it is not there below 900. */}
        <h1>{t('admin.title')}</h1>
        <h2>{title}</h2>
        <span className={styles.picker}>
          <select
            aria-label={t('admin.page')}
            value={page}
            onChange={event => showAdminPage(event.target.value as AdminPage)}
          >
            {ADMIN_PLACES.map(place => (
              <option key={place.page} value={place.page}>
                {t(place.label)}
              </option>
            ))}
          </select>
          <Icon icon={ChevronDown} size={18} />
        </span>
        {actions}
      </header>
      <Banners />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a page without a control in it is scrolled with the keys too */}
      <div ref={scroller} className={styles.body} tabIndex={0}>
        {children}
      </div>
    </>
  )
}

export interface AdminSectionProps {
  id: string
  title: string
  /** A badge or a number right behind the title. */
  count?: ReactNode
  /** At the right end: words or controls. */
  aside?: ReactNode
  children: ReactNode
}

/** A titled part of a page. */
export const AdminSection = ({ id, title, count, aside, children }: AdminSectionProps) => (
  <section aria-labelledby={id}>
    <div className={styles.sectionHead}>
      <h3 id={id}>{title}</h3>
      {count}
      {aside !== undefined && aside !== false && <div className={styles.aside}>{aside}</div>}
    </div>
    {children}
  </section>
)
