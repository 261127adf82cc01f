/** Where a contributor's page is; `#app/components/ui/link.tsx` gives it its language. */
export const contributorPath = ({ slug }: { slug: string }): string => `/contributors/${encodeURIComponent(slug)}`
