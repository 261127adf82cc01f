import { useEffect, useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../ui/button.tsx'
import type { FieldLike } from '../ui/field.tsx'
import { Stack } from '../ui/layout.tsx'
import { TextField } from '../ui/text-field.tsx'

interface PasswordFieldProps {
  field: FieldLike
  label?: string
  /** `current-password` fills in, `new-password` lets the password manager offer one. */
  autoComplete: 'current-password' | 'new-password'
  hint?: ReactNode
  errors?: string[] | undefined
}

/** A password that can be looked at while typing. Without JavaScript it is a plain field. */
export function PasswordField({ field, label: given, autoComplete, hint, errors }: PasswordFieldProps) {
  const t = useTranslations('access')
  const label = given ?? t('password')
  const [ready, setReady] = useState(false)
  const [shown, setShown] = useState(false)
  useEffect(() => setReady(true), [])
  return (
    <Stack gap="xs">
      <TextField
        field={field}
        label={label}
        type={shown ? 'text' : 'password'}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={200}
        {...(autoComplete === 'new-password' && { minLength: 12 })}
        {...(hint && { hint })}
        {...(errors && { errors })}
      />
      {ready && (
        <div>
          <Button tone="quiet" size="sm" icon="eye" onClick={() => setShown(!shown)}>
            {t(shown ? 'hide' : 'show', { label })}
          </Button>
        </div>
      )}
    </Stack>
  )
}
