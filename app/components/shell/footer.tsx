import { useFetcher, useLocation } from '@remix-run/react'
import { useWords } from '#app/words/use-words.ts'
import { Link } from '../ui/link.tsx'
import { CurrencyPicker } from './currency-picker.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { Mark } from './mark.tsx'

export const themeFetcherKey = 'theme'
const choices = ['system', 'light', 'dark'] as const

function ThemeSwitch({ theme }: { theme: string }) {
  const t = useWords('shell')
  const fetcher = useFetcher({ key: themeFetcherKey })
  const { pathname, search } = useLocation()
  return (
    <fetcher.Form
      method="post"
      action="/theme"
      className="theme-switch"
      onSubmit={(event) => {
        event.preventDefault()
        const pressed = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null
        void fetcher.submit({ theme: pressed?.value ?? 'system' }, { method: 'post', action: '/theme' })
      }}
    >
      <input type="hidden" name="back" value={pathname + search} />
      <fieldset>
        <legend className="visually-hidden">{t('colours.legend')}</legend>
        {choices.map((value) => (
          <button key={value} type="submit" name="theme" value={value} aria-pressed={theme === value}>
            {t(`colours.${value}`)}
          </button>
        ))}
      </fieldset>
    </fetcher.Form>
  )
}

/** The way on from the end of every page. */
export function Footer({ theme }: { theme: string }) {
  const t = useWords('shell')
  return (
    <footer className="footer">
      <div className="footer-inner">
        <div className="footer-brand">
          <Mark />
          <p>
            {t('promise')}.
            <br />
            <span className="muted">{t('proof')}</span>
          </p>
        </div>
        <nav aria-label={t('more')}>
          <Link to="/search">{t('places.all-pictures')}</Link>
          <Link to="/collections">{t('places.collections')}</Link>
          <Link to="/licensing">{t('places.licences-explained')}</Link>
          <Link to="/verify">{t('places.verify')}</Link>
          <Link to="/keys">{t('places.keys')}</Link>
        </nav>
        <div className="cluster">
          <CurrencyPicker />
          <LanguageSwitch />
          <ThemeSwitch theme={theme} />
        </div>
      </div>
    </footer>
  )
}
