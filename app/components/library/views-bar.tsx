import { Link } from '@remix-run/react'
import { KeptViews, type KeptViewsWords } from '#app/components/shell/kept-views.tsx'
import type { SavedLibraryView } from '#services/catalog/library-views.ts'

const words: KeptViewsWords = {
  action: '/library/views',
  title: 'Kept searches',
  trigger: 'Keep…',
  everything: 'Everything',
  keep: 'Keep the present search as',
  example: 'Missing releases, autumn',
  share: 'Share with the house',
  opens: 'the library',
  longest: 100,
}

/** Kept searches, own and shared, with how many each finds at present; a dialog keeps the present one. */
export function ViewsBar({
  views,
  search,
  recent,
  mayShare,
}: {
  views: readonly SavedLibraryView[]
  search: string
  recent: readonly { label: string; to: string }[]
  mayShare: boolean
}) {
  return (
    <KeptViews
      words={words}
      views={views}
      current={views.find((view) => view.search === search)}
      present={{ name: 'search', value: search }}
      plain={search === ''}
      everythingTo="/library?all"
      to={(view) => `/library?${view.search || 'all'}`}
      mayShare={mayShare}
      className="library-views"
    >
      {recent.length > 0 && (
        <section>
          <h3>Looked for lately</h3>
          <ul className="plain-list">
            {recent.map(({ label, to }) => (
              <li key={to}>
                <Link to={to}>{label}</Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </KeptViews>
  )
}
