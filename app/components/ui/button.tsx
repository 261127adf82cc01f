import { useFormAction, useNavigation, type LinkProps } from '@remix-run/react'
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import { Link } from './link.tsx'

interface Look {
  tone?: 'primary' | 'secondary' | 'quiet' | 'danger'
  size?: 'sm' | 'md' | 'lg'
  icon?: IconName
  wide?: boolean
  children: ReactNode
}

const look = ({ tone = 'secondary', size = 'md', wide }: Omit<Look, 'children'>) => ({
  className: 'button',
  'data-tone': tone,
  'data-size': size,
  'data-wide': wide ? '' : undefined,
})

function Label({ icon, children }: Pick<Look, 'icon' | 'children'>) {
  return (
    <>
      {icon && <Icon name={icon} />}
      <span className="button-label">{children}</span>
    </>
  )
}

type ButtonProps = Look & { pending?: boolean } & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children' | 'className'>

/** A plain button. For forms use `SubmitButton`, which knows when its form is under way. */
export function Button({ tone, size, icon, wide, pending, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      {...look({ tone, size, wide } as Look)}
      type={type}
      data-pending={pending ? '' : undefined}
      aria-disabled={pending || undefined}
      {...rest}
    >
      <Label {...(icon && { icon })}>{children}</Label>
    </button>
  )
}

/** Submits its form and shows that it is under way; a second press while under way does nothing. */
export function SubmitButton({ name, value, formAction, tone = 'primary', onClick, ...rest }: ButtonProps) {
  const navigation = useNavigation()
  const own = useFormAction()
  const target = typeof formAction === 'string' ? formAction : own
  const pending =
    navigation.state !== 'idle' &&
    navigation.formMethod === 'POST' &&
    (!name || navigation.formData?.get(name) === String(value)) &&
    (navigation.formAction === target || Boolean(name))
  return (
    <Button
      type="submit"
      tone={tone}
      pending={pending}
      onClick={(event) => (pending ? event.preventDefault() : onClick?.(event))}
      {...(name && { name, value })}
      {...(typeof formAction === 'string' && { formAction })}
      {...rest}
    />
  )
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink({ tone, size, icon, wide, children, ...rest }: Look & Omit<LinkProps, 'children' | 'className'>) {
  return (
    <Link {...look({ tone, size, wide } as Look)} {...rest}>
      <Label {...(icon && { icon })}>{children}</Label>
    </Link>
  )
}

/** For bytes: a download or a PDF, which the browser fetches itself. */
export function ButtonAnchor({
  tone,
  size,
  icon,
  wide,
  children,
  ...rest
}: Look & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'children' | 'className'>) {
  return (
    <a {...look({ tone, size, wide } as Look)} {...rest}>
      <Label {...(icon && { icon })}>{children}</Label>
    </a>
  )
}

/** A round of an icon alone; its name is read aloud. */
export function IconButton({
  icon,
  label,
  size,
  tone = 'quiet',
  ...rest
}: { icon: IconName; label: string } & Pick<Look, 'size' | 'tone'> &
  Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children' | 'className'>) {
  return (
    <button {...look({ tone, size } as Look)} data-icon-only="" type="button" aria-label={label} title={label} {...rest}>
      <Icon name={icon} />
    </button>
  )
}
