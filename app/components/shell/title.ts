/** The one form of a page's title: the thing first, the house last. Use as `export const meta = () => titled('Licences')`. */
export const titled = (title: string, description?: string) => [
  { title: `${title} – Clearmark` },
  ...(description ? [{ name: 'description', content: description }] : []),
]
