import { may } from '../assets/policy.ts'
import type { Actor } from '../kernel/actor.ts'

/** Whoever keeps records decides on what is suggested for them; of a single asset, whoever may edit it. */
export const mayGoThrough = (actor: Actor): boolean => may(actor, 'edit')

/** Whether the house reads the text in its pictures is the librarians' to say. */
export const maySwitchReading = (actor: Actor): boolean => may(actor, 'edit')
