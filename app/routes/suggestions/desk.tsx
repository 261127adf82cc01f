import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { AssetPlayer } from '#app/components/assets/asset-player.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ReadingSwitch, WordsOfMany } from '#app/components/suggestions/desk-parts.tsx'
import { SeenText, SeenTextLayer } from '#app/components/suggestions/seen-text.tsx'
import { SuggestionList } from '#app/components/suggestions/suggestion-list.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { many } from '#app/components/ui/many.ts'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { staffPlayer } from '#services/assets/player-view.ts'
import { decideForMany, lookAgain } from '#services/suggestions/many.ts'
import { decideForManyInput } from '#services/suggestions/schema.ts'
import { switchReading } from '#services/suggestions/settings.ts'
import { suggestionsDesk, suggestionsOf } from '#services/suggestions/views.ts'

export const meta = () => titled('Suggestions')
const page = '/library/suggestions'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN', 'CONTRIBUTOR')
  const search = new URL(args.request.url).searchParams
  const selectionId = search.get('selection')
  const desk = await suggestionsDesk(ctx, { after: search.get('after'), at: search.get('at'), selectionId })
  const suggestions = desk.asset && (await suggestionsOf(ctx, desk.asset.id))
  const player = suggestions && (await staffPlayer(ctx, suggestions.versionId))
  return { desk, suggestions, player, textShown: search.get('text') === 'shown' }
}

/** For the house: whether text is read. For a selection: one word for all of it, or another look. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN', 'CONTRIBUTOR')
  const fields = Object.fromEntries([...(await fieldsOf(args.request))].map(([name, value]) => [name, String(value)]))
  const to = fields.selectionId ? `${page}?selection=${encodeURIComponent(fields.selectionId)}` : page
  if (fields.act === 'read-on' || fields.act === 'read-off') {
    await switchReading(ctx, { on: fields.act === 'read-on' })
    return redirectWithToast(to, {
      tone: 'success',
      text: fields.act === 'read-on' ? 'Text in pictures is read from now on.' : 'Text in pictures is not read any more.',
    })
  }
  const tooMany = { tone: 'danger' as const, text: 'That is too much at once. Select at most 2,000 assets.' }
  if (fields.act === 'look-again') {
    const asked = await lookAgain(ctx, { selectionId: fields.selectionId ?? '' })
    return redirectWithToast(
      to,
      asked.ok ? { tone: 'info', text: `${many(asked.value.asked, 'picture is', 'pictures are')} looked at again in the background.` } : tooMany,
    )
  }
  const input = decideForManyInput.safeParse({ ...fields, verdict: fields.act })
  if (!input.success) return redirectWithToast(to, { tone: 'danger', text: 'Choose what to do.' })
  const outcome = await decideForMany(ctx, input.data)
  if (!outcome.ok) return redirectWithToast(to, tooMany)
  const { decided, refused } = outcome.value
  return redirectWithToast(to, {
    tone: refused > 0 ? 'warning' : 'success',
    text:
      refused > 0
        ? `Done for ${decided}; ${refused} could not be changed.`
        : `Done for ${decided} ${decided === 1 ? 'picture' : 'pictures'}.`,
  })
}

export default function SuggestionsDesk() {
  const { desk, suggestions, player, textShown } = useLoaderData<typeof loader>()
  const { asset, selectionId } = desk
  const address = (more: Record<string, string | null>) =>
    `${page}?${new URLSearchParams(Object.entries({ selection: selectionId, ...more }).filter((one): one is [string, string] => one[1] !== null))}`
  const here = address({ at: asset?.id ?? null })
  const skipTo = asset && desk.next ? address({ after: asset.id }) : null
  return (
    <Page>
      <PageHeader eyebrow="Library" title="Suggestions">
        {desk.waiting === 0
          ? 'What pictures might be described by, picture after picture.'
          : `${desk.waiting} ${desk.waiting === 1 ? 'picture has' : 'pictures have'} suggestions${desk.selected === null ? '' : ` in your selection of ${desk.selected}`}. Nothing is written before you say so.`}
      </PageHeader>
      <Stack gap="lg">
        {selectionId && <WordsOfMany words={desk.words} selectionId={selectionId} />}
        {asset && suggestions ? (
          <Split aside="26rem">
            <Stack>
              {player && (
                <AssetPlayer key={player.versionId} version={player} alt={asset.title}>
                  {textShown && suggestions.text && <SeenTextLayer lines={suggestions.text.lines} />}
                </AssetPlayer>
              )}
              <p>
                <Link to={`/library/assets/${asset.id}`}>{asset.title}</Link>
              </p>
            </Stack>
            <Stack gap="lg">
              <Panel title="Suggested" id="suggested">
                <SuggestionList page={suggestions} back={here} skipTo={skipTo} grab />
              </Panel>
              {suggestions.text?.outcome === 'TEXT' && (
                <Panel title="Text in the picture">
                  <SeenText
                    text={suggestions.text}
                    shown={textShown}
                    toggle={address({ at: asset.id, text: textShown ? null : 'shown' })}
                  />
                </Panel>
              )}
            </Stack>
          </Split>
        ) : (
          <EmptyState icon="picture" title="Nothing is waiting" action={<ButtonLink to="/library">To the library</ButtonLink>}>
            Suggestions come by themselves after an upload: from file names, from the text in pictures and from what similar pictures are
            described by.
          </EmptyState>
        )}
        {desk.maySwitch && <ReadingSwitch on={desk.readsText} />}
      </Stack>
    </Page>
  )
}
