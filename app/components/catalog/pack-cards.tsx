import { useTranslations } from 'use-intl'
import type { PackCard } from '#app/http/offer.server.ts'
import { Link } from '../ui/link.tsx'

/** The house's ready-made answers, each with this picture's price; a click fills the questions with them. */
export function PackCards({ packs }: { packs: readonly PackCard[] }) {
  const t = useTranslations('licence')
  if (packs.length === 0) return null
  return (
    <section className="packs" aria-labelledby="packs-title">
      <h2 id="packs-title">{t('packs.title')}</h2>
      <p className="muted small">{t('packs.intro')}</p>
      <ul className="pack-cards">
        {packs.map(({ id, name, scope, to, total }) => (
          <li key={id}>
            <Link to={to} className="pack-card" preventScrollReset>
              <span className="pack-name">{name}</span>
              <span className="pack-price numeric">{total}</span>
              <span className="muted small">{scope}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
