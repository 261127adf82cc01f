import type { Person } from '#services/kernel/actor.ts'
import { installPacks } from '#services/licensing/packs.ts'
import { sure, type Story } from './story.ts'

/** The ready-made answers that the store offers beside the four questions. */
export async function offerPacks(story: Story, manager: Person): Promise<void> {
  sure(await installPacks(story.as(manager)), 'offer packs')
}
