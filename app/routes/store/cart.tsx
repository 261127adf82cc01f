import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { CartLines } from '#app/components/catalog/cart-lines.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { cartTokenOf } from '#app/http/cart.server.ts'
import { contextOf } from '#app/http/context.server.ts'
import { cartPage, type CartPage } from '#services/commerce/cart-view.ts'
import { formatMoney } from '#services/kernel/money.ts'

export const meta = () => titled('Cart')
export const loader = async (args: LoaderFunctionArgs) => cartPage(await contextOf(args), await cartTokenOf(args))

function Totals({ cart }: { cart: CartPage }) {
  return (
    <dl className="cart-totals numeric">
      <div>
        <dt>Licences</dt>
        <dd>{formatMoney(cart.net)}</dd>
      </div>
      <div>
        <dt>{cart.taxLabel ?? 'Tax'}</dt>
        <dd>{cart.tax ? formatMoney(cart.tax) : 'after sign-in'}</dd>
      </div>
      <div className="cart-total">
        <dt>Total</dt>
        <dd>{formatMoney(cart.total)}</dd>
      </div>
    </dl>
  )
}

function Checkout({ cart }: { cart: CartPage }) {
  return (
    <aside className="panel cart-checkout">
      <div className="panel-body">
        <Stack>
          <Totals cart={cart} />
          {cart.taxNote && <p className="muted small">{cart.taxNote}</p>}
          {cart.signedIn ? (
            <Form method="post" action="/checkout">
              <Stack>
                <TextField
                  name="licenseeName"
                  label="For a client"
                  hint="If you license for somebody else, the licence names them."
                  optional
                  maxLength={200}
                  autoComplete="off"
                />
                <TextField name="purchaseOrder" label="Your purchase order" optional maxLength={80} autoComplete="off" />
                <SubmitButton size="lg" wide formAction="/checkout" disabled={!cart.ready}>
                  Check out
                </SubmitButton>
              </Stack>
            </Form>
          ) : (
            <Stack gap="sm">
              <ButtonLink to="/sign-in?then=/cart" tone="primary" size="lg" wide>
                Sign in to check out
              </ButtonLink>
              <ButtonLink to="/register?then=/cart" wide>
                Create an account
              </ButtonLink>
            </Stack>
          )}
          <p className="muted small">
            {cart.ready
              ? 'Exclusive rights are held for you while you pay. Clean files, licences and the invoice are yours within seconds.'
              : 'Remove what cannot be had, or choose it anew; then you can check out.'}
          </p>
        </Stack>
      </div>
    </aside>
  )
}

export default function Cart() {
  const cart = useLoaderData<typeof loader>()
  if (cart.lines.length === 0)
    return (
      <Page>
        <PageHeader title="Cart" />
        <EmptyState
          icon="cart"
          title="Nothing in your cart yet"
          action={
            <ButtonLink to="/search" tone="primary">
              Find a picture
            </ButtonLink>
          }
        >
          Choose a licence on a picture’s page, and it waits here until you check out.
        </EmptyState>
      </Page>
    )
  return (
    <Page>
      <PageHeader title="Cart" eyebrow={`${cart.lines.length} ${cart.lines.length === 1 ? 'licence' : 'licences'}`} />
      <Split aside="23rem">
        <CartLines lines={cart.lines} />
        <Checkout cart={cart} />
      </Split>
    </Page>
  )
}
