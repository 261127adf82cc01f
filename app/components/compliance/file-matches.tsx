import { useTranslations } from 'use-intl'
import { Hash } from '#app/components/ui/code.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { FileMatch } from '#services/licensing/verification.ts'

/** What is known about a file by its hash. */
export function FileMatches({ hash, matches }: { hash: string; matches: readonly FileMatch[] }) {
  const t = useTranslations('proof.matches')
  if (matches.length === 0)
    return (
      <Notice tone="warning" title={t('unknown')} live>
        <p>{t.rich('unknown-text', { hash: () => <Hash value={hash} /> })}</p>
      </Notice>
    )
  return (
    <Notice tone="success" title={t('known')} live>
      <ul>
        {matches.map((match) => (
          <li key={`${match.how} ${match.licence?.number ?? match.title}`}>
            <Match match={match} />
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function Match({ match: { how, at, title, licence } }: { match: FileMatch }) {
  const t = useTranslations('proof.matches')
  if (how === 'kept') return t('kept', { title: title ?? '' })
  if (!licence) return t('ours')
  const told = { title: title ?? 'none', link: () => <Link to={`/verify/${licence.number}`}>{licence.number}</Link> }
  return at ? t.rich('under-on', { ...told, day: () => <When at={at} to="day" /> }) : t.rich('under', told)
}
