import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { CartLines } from '#app/components/catalog/cart-lines.tsx'
import { CartTerms } from '#app/components/commerce/cart-terms.tsx'
import { CartTotals } from '#app/components/commerce/cart-totals.tsx'
import { CodeField } from '#app/components/commerce/code-field.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { cartTokenOf } from '#app/http/cart.server.ts'
import { contextOf } from '#app/http/context.server.ts'
import { currencyOf } from '#app/http/currency.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { cartPage, type CartPage } from '#services/commerce/cart-view.ts'

export const meta: MetaFunction = ({ matches }) => titled(wordsOf(languageOf(matches), 'cart')('title'))

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  return cartPage(ctx, await cartTokenOf(args), await currencyOf(args.request, ctx))
}

function Checkout({ cart }: { cart: CartPage }) {
  const t = useTranslations('cart')
  return (
    <aside className="panel cart-checkout">
      <div className="panel-body">
        <Stack>
          <CartTotals cart={cart} />
          {cart.taxNote && <p className="muted small">{cart.taxNote}</p>}
          <CodeField code={cart.code} />
          {cart.signedIn ? (
            <Form method="post" action="/checkout">
              <Stack>
                <TextField name="licenseeName" label={t('client')} hint={t('client-hint')} optional maxLength={200} autoComplete="off" />
                <TextField name="purchaseOrder" label={t('purchase-order')} optional maxLength={80} autoComplete="off" />
                {cart.ready && <p className="small">{t.rich('agree', { terms: (words) => <a href="#agreed">{words}</a> })}</p>}
                <SubmitButton size="lg" wide formAction="/checkout" disabled={!cart.ready}>
                  {t('check-out')}
                </SubmitButton>
              </Stack>
            </Form>
          ) : (
            <Stack gap="sm">
              <ButtonLink to="/sign-in?then=/cart" tone="primary" size="lg" wide>
                {t('sign-in')}
              </ButtonLink>
              <ButtonLink to="/register?then=/cart" wide>
                {t('register')}
              </ButtonLink>
            </Stack>
          )}
          <p className="muted small">{t(cart.ready ? 'ready' : 'not-ready')}</p>
          <p className="muted small">{t('in-one-currency', { currency: cart.currency })}</p>
        </Stack>
      </div>
    </aside>
  )
}

function Changed() {
  const t = useTranslations('cart')
  return (
    <Notice tone="warning" title={t('changed-title')} live>
      <p>{t('changed')}</p>
      <Form method="post" action="/cart/seen">
        <SubmitButton tone="secondary" size="sm" formAction="/cart/seen">
          {t('understood')}
        </SubmitButton>
      </Form>
    </Notice>
  )
}

export default function Cart() {
  const cart = useLoaderData<typeof loader>()
  const t = useTranslations('cart')
  const empty = cart.lines.length === 0
  return (
    <Page>
      <PageHeader title={t('title')} eyebrow={empty ? undefined : t('licences', { count: cart.lines.length })} />
      <Stack gap="xl">
        {empty ? (
          <EmptyState
            icon="cart"
            title={t('empty-title')}
            action={
              <ButtonLink to="/search" tone="primary">
                {t('find')}
              </ButtonLink>
            }
          >
            {t('empty')}
          </EmptyState>
        ) : (
          <>
            {cart.changed && <Changed />}
            <Split aside="23rem">
              <Stack gap="xl">
                <CartLines lines={cart.lines} />
                <CartTerms texts={cart.texts} />
              </Stack>
              <Checkout cart={cart} />
            </Split>
          </>
        )}
        {cart.later.length > 0 && (
          <section aria-labelledby="later">
            <h2 id="later">{t('later-title')}</h2>
            <p className="muted small">{t('later')}</p>
            <CartLines lines={cart.later} aside />
          </section>
        )}
      </Stack>
    </Page>
  )
}
