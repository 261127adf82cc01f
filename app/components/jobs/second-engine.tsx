import { Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { Stat, Stats } from '#app/components/ui/stat.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { EngineStanding } from '#services/catalog/search-engines.ts'

const reasons: Record<NonNullable<EngineStanding['reason']>, string> = {
  unreachable: 'No connection to it could be made.',
  timeout: 'It did not answer in time.',
  'not-ready': 'It says that it is not ready, or lagging.',
  missing: 'It does not have our collection.',
  behind: 'It has fewer pictures than the house, or none yet.',
  'key-refused': 'It does not accept our key. See TYPESENSE_API_KEY.',
  failing: 'It answers with errors.',
  'refused-question': 'It did not understand a question.',
}

/** How the search engine beside the database does: for operators. Who searches sees nothing of it. */
export function SecondEngine({ engine }: { engine: EngineStanding }) {
  const away = engine.state === 'away'
  return (
    <section aria-labelledby="second-engine">
      <Stack>
        <h2 id="second-engine">Second search engine</h2>
        {away && (
          <Notice tone="warning">
            <p>
              Typesense is away since <When at={engine.since ?? new Date(0)} />. {engine.reason && reasons[engine.reason]} The database
              answers every search meanwhile; this process asks again by itself.
            </p>
          </Notice>
        )}
        {engine.trouble && (
          <Notice tone="warning">
            <p>Changes could not be sent to it: {engine.trouble}</p>
          </Notice>
        )}
        <Stats>
          <Stat
            label="Searches answered by"
            value={away || !engine.collection ? 'Database' : 'Typesense'}
            note={engine.building ? 'A new copy is being made' : undefined}
          />
          <Stat
            label="Changes to send"
            value={engine.waiting}
            note={
              engine.sentAt ? (
                <>
                  Last sent <When at={engine.sentAt} />
                </>
              ) : (
                'Nothing sent yet'
              )
            }
          />
          <Stat
            label="Copy made"
            value={engine.builtAt ? <When at={engine.builtAt} /> : 'Not yet'}
            note={engine.collection ?? 'It is made within a minute'}
          />
        </Stats>
      </Stack>
    </section>
  )
}
