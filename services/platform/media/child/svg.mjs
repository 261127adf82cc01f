// An SVG is a program as much as a picture. What would run or fetch something is refused, not cleaned: the file that a
// partner downloads must be the file that was reviewed.
const rules = [
  [/<(?:[\w-]+:)?script[\s>/]/i, 'It contains a script.'],
  [/\son[a-z]+\s*=\s*["']/i, 'It contains a script in an attribute.'],
  [/(?:href|src)\s*=\s*["']\s*(?:javascript|vbscript):/i, 'It contains a script in a link.'],
  [/<(?:[\w-]+:)?foreignObject[\s>/]/i, 'It embeds a web page (foreignObject).'],
  [/<!ENTITY\s+(?:%\s+)?[\w.:-]+\s+(?:SYSTEM|PUBLIC)/i, 'It refers to an outside file (an external entity).'],
  [/<!ENTITY\s+[\w.:-]+\s+(?:"[^"]*&|'[^']*&)/i, 'It contains entities within entities.'],
  [/<!ENTITY\s+%/i, 'It contains parameter entities.'],
  [/<\?xml-stylesheet/i, 'It refers to an outside style sheet.'],
  [/@import/i, 'It refers to an outside style sheet.'],
  [/url\(\s*["']?\s*(?!["']?\s*(?:#|data:))/i, 'It refers to an outside file.'],
]
// A link that a reader may click (<a href>) is content; an image, a use, a filter or a font from elsewhere is not.
const outside =
  /<(?!a[\s>]|svg:a[\s>])[\w:-]+[^<>]*?\s(?:xlink:)?(?:href|src)\s*=\s*(["'])\s*(?!#|data:image\/(?:png|jpe?g|webp|gif)[;,]|data:font)([^"']*)\1/i

/** One sentence on what is unsafe in the drawing, or null. */
export function unsafeSvg(text) {
  for (const [pattern, why] of rules) if (pattern.test(text)) return why
  if ((text.match(/<!ENTITY/gi) ?? []).length > 30) return 'It contains too many entities.'
  if (outside.test(text)) return 'It refers to an outside file.'
  return null
}

const inner = (text, name) => {
  const [, found] = new RegExp(`<(?:svg:)?${name}[^>]*>([^<]{1,2000})</(?:svg:)?${name}>`, 'i').exec(text) ?? []
  return found?.trim() || undefined
}

/** The drawing's own title and description, and its RDF where it has any. */
export const svgFields = (text) => ({
  xmp: /<rdf:RDF[\s\S]*?<\/rdf:RDF>/.exec(text)?.[0],
  extra: { title: inner(text, 'title'), description: inner(text, 'desc') },
})
