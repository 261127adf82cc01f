import { useWords } from '#app/words/use-words.ts'
import { ButtonLink } from '../ui/button.tsx'
import { searchTo, type Asked } from './search-address.ts'

/** Leads to the page on which this search is kept; whoever is signed out signs in on the way. It stands inside the form of the results, so it is a link. */
export function SaveSearch({ asked }: { asked: Asked }) {
  const t = useWords('search')
  const { search } = new URL(searchTo({ ...asked, sort: 'relevance', like: '' }), 'http://here')
  return (
    <ButtonLink to={`/account/searches/new${search}`} size="sm" icon="clock" rel="nofollow">
      {t('save')}
    </ButtonLink>
  )
}
