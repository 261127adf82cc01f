import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import type { Prisma } from '../platform/db.ts'
import type { FileFacts, PreviewForm } from '../platform/media/media.ts'
import { may } from './policy.ts'
import { previewPresets, sheetPreset } from './rules/rendition-plan.ts'

/** What is read of a version to show it. */
export const playerSelect = {
  id: true,
  fileName: true,
  mediaType: true,
  width: true,
  height: true,
  pages: true,
  durationMs: true,
  frames: true,
  preview: true,
  facts: true,
  dominantColour: true,
  renditions: { select: { preset: true, mediaType: true, width: true, height: true } },
} satisfies Prisma.AssetVersionSelect

interface Shown {
  preset: string
  mediaType: string
  width: number
  height: number
}
interface VersionRow {
  id: string
  mediaType: string
  width: number | null
  height: number | null
  pages: number | null
  durationMs: number | null
  frames: number | null
  preview: PreviewForm
  facts: Prisma.JsonValue
  dominantColour: string | null
  renditions: readonly Shown[]
}

/** A version as a player shows it: plain values, addresses are the page's. */
export interface PlayerView {
  assetId: string
  versionId: string
  form: PreviewForm
  mediaType: string
  /** Of what is shown large. */
  width: number | null
  height: number | null
  colour: string | null
  durationMs: number | null
  frames: number | null
  pages: number | null
  /** Presets of the pages that have a preview, in their order. */
  sheets: string[]
  /** A small animation of what moves. */
  motion: Shown | null
  /** What is played: a film or a recording, whole for the people of the house, its start for everybody else. */
  played: Shown | null
  /** It is the start of something longer. */
  partly: boolean
  facts: FileFacts
}

/** What of a version is shown, and to whom: people of the house see and hear all of it, outsiders what bears the mark. */
export function playerOf(assetId: string, version: VersionRow, outside: boolean): PlayerView {
  const of = (...presets: string[]) =>
    presets.map((preset) => version.renditions.find((made) => made.preset === preset)).find(Boolean) ?? null
  const page = of('page')
  const played = outside ? of('clip', 'excerpt') : of('watch', 'listen', 'clip', 'excerpt')
  const sheets = ['page', ...previewPresets.filter((preset) => preset.startsWith('page-'))].filter((preset) => of(preset))
  return {
    assetId,
    versionId: version.id,
    form: version.preview,
    mediaType: version.mediaType,
    width: page?.width ?? version.width,
    height: page?.height ?? version.height,
    colour: version.dominantColour,
    durationMs: version.durationMs,
    frames: version.frames,
    pages: version.pages,
    sheets: version.preview === 'PAGES' ? sheets : [sheetPreset(1)],
    motion: of('motion'),
    played,
    partly: played !== null && isPart(played.preset, version.durationMs ?? 0),
    facts: version.facts as FileFacts,
  }
}

const lengths: Record<string, number> = { clip: 12_000, excerpt: 30_000, watch: 300_000, listen: 1_200_000 }
const isPart = (preset: string, durationMs: number): boolean => durationMs > (lengths[preset] ?? 0) + 500

/** How the people of the house see a version; null while nothing of it can be shown. */
export async function staffPlayer(ctx: Ctx<'db' | 'actor'>, versionId: string): Promise<PlayerView | null> {
  if (!may(ctx.actor, 'see')) throw new Refusal('forbidden', 'library')
  const version = await ctx.db.assetVersion.findFirst({
    where: { id: versionId, houseId: ctx.actor.houseId, processing: 'READY' },
    select: { ...playerSelect, assetId: true },
  })
  return version && playerOf(version.assetId, version, false)
}
