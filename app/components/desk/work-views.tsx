import { KeptViews, type KeptViewsWords } from '#app/components/shell/kept-views.tsx'
import type { SavedView } from '#services/desk/saved-views.ts'

const words: KeptViewsWords = {
  action: '/rights/worklist/views',
  title: 'Views',
  trigger: 'Views…',
  everything: 'Usual',
  keep: 'Keep the present filters as',
  example: 'Brandt, next quarter',
  share: 'Share with the desk',
  opens: 'the list',
  longest: 60,
}

/** Own views of the worklist and those that the desk shares. */
export function WorkViews({
  views,
  current,
  query,
  mayShare,
}: {
  views: readonly SavedView[]
  current: string | null
  query: string
  mayShare: boolean
}) {
  const shown = views.find(({ id }) => id === current)
  return (
    <KeptViews
      words={words}
      views={views}
      current={shown}
      changed={shown !== undefined && shown.query !== query}
      present={{ name: 'query', value: query }}
      plain={query === '' && !shown}
      everythingTo="/rights?view=usual"
      to={({ id, query: kept }) => `/rights?${kept}${kept ? '&' : ''}view=${id}`}
      mayShare={mayShare}
    />
  )
}
