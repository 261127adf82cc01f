import { useRouteLoaderData } from '@remix-run/react'
import type { loader } from '#app/root.tsx'
import { hasStaffRole } from '#services/kernel/actor.ts'

/** Whether the reader may open the rights desk itself: a picture's rights are read by everybody of the house. */
export function useSeesDesk(): boolean {
  const actor = useRouteLoaderData<typeof loader>('root')?.actor
  return actor !== undefined && hasStaffRole(actor, 'RIGHTS_MANAGER', 'AUDITOR')
}

/** Whether the reader may open brand kits: auditors read what a change does to them, and not the kits. */
export function useSeesKits(): boolean {
  const actor = useRouteLoaderData<typeof loader>('root')?.actor
  return actor !== undefined && hasStaffRole(actor, 'LIBRARIAN', 'RIGHTS_MANAGER', 'REVIEWER')
}
