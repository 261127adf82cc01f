import { useLocation } from '@remix-run/react'
import { languages, localeOf } from '#services/kernel/language.ts'
import { twinsOf } from '#app/words/addresses.ts'
import { useLanguage } from '#app/words/use-language.ts'

/** What of an address's question belongs to the page, for those who collect addresses: the words searched for, no filters. */
const asked = (search: string): string => {
  const words = new URLSearchParams(search).get('q')
  return words ? `?${new URLSearchParams({ q: words })}` : ''
}

/** Says where a public page lives: its one true address, and its twins in the other languages. */
export function Alternates({ origin }: { origin: string }) {
  const { pathname, search } = useLocation()
  const language = useLanguage()
  const twins = twinsOf(pathname)
  if (!twins) return null
  const question = asked(search)
  return (
    <>
      <link rel="canonical" href={origin + twins[language] + question} />
      {languages.map((each) => (
        <link key={each} rel="alternate" hrefLang={each} href={origin + twins[each] + question} />
      ))}
      <link rel="alternate" hrefLang="x-default" href={origin + twins.en + question} />
      {languages.map((each) => (
        <meta key={each} property={each === language ? 'og:locale' : 'og:locale:alternate'} content={localeOf[each].replace('-', '_')} />
      ))}
    </>
  )
}
