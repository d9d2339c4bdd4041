import { Check, ShieldCheck, TriangleAlert } from 'lucide-react'
import type { Organisation } from '../../shared/contract/entities.ts'
import { t } from '../locales/i18n.ts'
import { dayAndClock } from '../text/dates.ts'
import { Icon } from './Icon.tsx'
import { Stat } from './StatStrip.tsx'

type ListOf = Organisation['list']

/** Milliseconds: from a week before it runs out the list says so. */
const WARNED_BEFORE = 7 * 86_400_000

export const isEndingSoon = ({ expiresAt }: ListOf, now: number): boolean => expiresAt - now < WARNED_BEFORE

export const VersionStat = ({ list, now }: { list: ListOf; now: number }) => (
  <Stat
    label={t('admin.signedList')}
    value={
      <>
        {t('admin.version', { version: list.version })}
        <Icon icon={list.forked ? TriangleAlert : ShieldCheck} size={18} />
      </>
    }
    note={list.forked ? t('admin.contradicted') : t('admin.signedAt', { time: dayAndClock(list.signedAt, now) })}
    isWarning={list.forked}
  />
)

export const SignaturesStat = ({ list }: { list: ListOf }) => (
  <Stat
    label={t('admin.signatures')}
    value={
      <>
        {t('admin.signaturesOf', { count: list.signedBy.length, threshold: list.threshold })}
        {list.signedBy.length >= list.threshold && <Icon icon={Check} size={18} />}
      </>
    }
    note={list.signedBy.join(', ')}
  />
)
