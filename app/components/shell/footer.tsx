import { Link, useFetcher, useLocation } from '@remix-run/react'
import { Mark } from './mark.tsx'

export const themeFetcherKey = 'theme'
const choices = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

function ThemeSwitch({ theme }: { theme: string }) {
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
        <legend className="visually-hidden">Colours</legend>
        {choices.map(({ value, label }) => (
          <button key={value} type="submit" name="theme" value={value} aria-pressed={theme === value}>
            {label}
          </button>
        ))}
      </fieldset>
    </fetcher.Form>
  )
}

/** The way on from the end of every page. */
export function Footer({ theme }: { theme: string }) {
  return (
    <footer className="footer">
      <div className="footer-inner">
        <div className="footer-brand">
          <Mark />
          <p>
            Pictures with their rights attached.
            <br />
            <span className="muted">What you license here, you can prove.</span>
          </p>
        </div>
        <nav aria-label="More">
          <Link to="/search">All pictures</Link>
          <Link to="/collections">Collections</Link>
          <Link to="/licensing">What the licences mean</Link>
          <Link to="/verify">Verify a licence</Link>
          <Link to="/keys">Signing keys</Link>
        </nav>
        <ThemeSwitch theme={theme} />
      </div>
    </footer>
  )
}
