import type { LoaderFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { vocabularyAsFile } from '#services/assets/vocabulary-files.ts'

/** A vocabulary as a file: CSV, SKOS in JSON-LD or in Turtle. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const { name, mediaType, text } = await vocabularyAsFile(ctx, args.params.vocabularyId ?? '', args.params.format ?? '')
  return new Response(text, {
    headers: {
      'Content-Type': `${mediaType}; charset=utf-8`,
      'Content-Disposition': `attachment; filename="${name}"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
}
