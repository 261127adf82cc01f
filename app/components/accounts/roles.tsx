import { useTranslations } from 'use-intl'
import type { Role } from '#services/kernel/actor.ts'
import { Badge } from '../ui/badge.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Fieldset } from '../ui/fieldset.tsx'
import { Cluster, Stack } from '../ui/layout.tsx'

/** The roles of a seat, as words. */
export function RoleBadges({ roles }: { roles: readonly Role[] }) {
  const t = useTranslations('account')
  return (
    <Cluster gap="xs">
      {roles.map((role) => (
        <Badge key={role} tone={role === 'ADMINISTRATOR' ? 'info' : 'neutral'}>
          {t(`role.${role}.label`)}
        </Badge>
      ))}
    </Cluster>
  )
}

interface RoleBoxesProps {
  roles: readonly Role[]
  held?: readonly Role[]
  errors?: string[] | undefined
}

/** The roles that may be given, each with what it lets its holder do. */
export function RoleBoxes({ roles, held = [], errors }: RoleBoxesProps) {
  const t = useTranslations('account')
  return (
    <Fieldset legend={t('roles')} size="sm" {...(errors && { errors })}>
      <Stack gap="sm">
        {roles.map((role) => (
          <Checkbox
            key={role}
            name="roles"
            value={role}
            label={t(`role.${role}.label`)}
            hint={t(`role.${role}.may`)}
            defaultChecked={held.includes(role)}
          />
        ))}
      </Stack>
    </Fieldset>
  )
}
