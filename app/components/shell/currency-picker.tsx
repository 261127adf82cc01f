import { Form, useLocation, useRouteLoaderData } from '@remix-run/react'
import { useWords } from '#app/words/use-words.ts'
import type { Currency } from '#services/kernel/money.ts'

/** The currency of all prices: a plain form, so that it needs no JavaScript. Nothing where the house sells in one only. */
export function CurrencyPicker() {
  const t = useWords('cart')
  const shell = useRouteLoaderData('root') as { money?: { currency: Currency; offered: Currency[] } } | undefined
  const { pathname, search } = useLocation()
  const { currency, offered } = shell?.money ?? { offered: [] }
  if (offered.length < 2) return null
  return (
    <Form method="post" action="/currency" className="theme-switch" preventScrollReset>
      <input type="hidden" name="back" value={pathname + search} />
      <fieldset>
        <legend className="visually-hidden">{t('currency')}</legend>
        {offered.map((each) => (
          <button
            key={each}
            type="submit"
            name="currency"
            value={each}
            aria-pressed={each === currency}
            aria-label={`${each}, ${t(`currencies.${each}`)}`}
          >
            {each}
          </button>
        ))}
      </fieldset>
    </Form>
  )
}
