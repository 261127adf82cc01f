import type { Json } from '#services/kernel/canonical.ts'

/** schema.org for machines. `<` is escaped, so that no value can close the element. */
export function StructuredData({ value }: { value: { readonly [key: string]: Json | undefined } }) {
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: JSON.stringify(value).replaceAll('<', '\\u003c') }} />
}
