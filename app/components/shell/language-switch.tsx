import { Form, useLocation } from '@remix-run/react'
import { languages, ownNameOf } from '#services/kernel/language.ts'
import { useLanguage } from '#app/words/use-language.ts'
import { useWords } from '#app/words/use-words.ts'

/** The same page in another language. A plain form on purpose: a browser holds the texts of one language, so the document is loaded anew. */
export function LanguageSwitch() {
  const t = useWords('shell')
  const language = useLanguage()
  const { pathname, search } = useLocation()
  return (
    <Form method="post" action="/language" reloadDocument className="theme-switch">
      <input type="hidden" name="back" value={pathname + search} />
      <fieldset>
        <legend className="visually-hidden">{t('language')}</legend>
        {languages.map((each) => (
          <button key={each} type="submit" name="language" value={each} lang={each} aria-pressed={each === language}>
            {ownNameOf[each]}
          </button>
        ))}
      </fieldset>
    </Form>
  )
}
