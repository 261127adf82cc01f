import { RemixBrowser } from '@remix-run/react'
import { startTransition, StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { languageNamed, type Language } from '#services/kernel/language.ts'
import { holdWords, type Words } from './words/words.ts'

const catalogues: Record<Language, () => Promise<{ default: Words }>> = {
  en: () => import('./words/en.ts'),
  de: () => import('./words/de.ts'),
}

// What was asked for and is not waited for any more (somebody has gone on to another page) is no fault: the router gives up the
// request, and the half of its body that was being read would complain about that to the console.
addEventListener('unhandledrejection', (event) => {
  if (event.reason instanceof DOMException && event.reason.name === 'AbortError') event.preventDefault()
})

/** The texts of this document's language, and no other, come before the page wakes up. */
const language = languageNamed(document.documentElement.lang)
void catalogues[language]().then(({ default: words }) => {
  holdWords(language, words)
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <RemixBrowser />
      </StrictMode>,
    )
  })
})
