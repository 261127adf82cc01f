import { Form } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import type { CartPage } from '#services/commerce/cart-view.ts'
import { SubmitButton } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { TextField } from '../ui/text-field.tsx'

/** Where a promotion code is typed in, and what became of it. */
export function CodeField({ code }: Pick<CartPage, 'code'>) {
  const t = useTranslations('cart')
  if (!code)
    return (
      <Form method="post" action="/cart/code" className="cart-code">
        <TextField
          name="code"
          label={t('code-label')}
          optional
          maxLength={40}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
        />
        <SubmitButton tone="secondary" formAction="/cart/code">
          {t('code-use')}
        </SubmitButton>
      </Form>
    )
  const counts = code.standing === 'applied'
  return (
    <Notice
      tone={counts ? 'success' : 'warning'}
      title={counts && code.name ? t('code-counts', { name: code.name }) : t(`code.${code.standing}`, { code: code.code })}
    >
      <Form method="post" action="/cart/code">
        <input type="hidden" name="drop" value="yes" />
        <SubmitButton tone="quiet" size="sm" formAction="/cart/code">
          {t('code-drop')}
        </SubmitButton>
      </Form>
    </Notice>
  )
}
