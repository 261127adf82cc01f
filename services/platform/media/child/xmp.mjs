// Reads XMP (ISO 16684-1) as far as IPTC needs it: by namespace URI, not by prefix; text, language alternatives, bags,
// sequences and structures. No entity is expanded but the five of XML and numbers, so no text can grow.
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const maxDepth = 40

const decode = (text) =>
  text.replace(/&(#x?[0-9a-fA-F]{1,6}|[a-z]{2,4});/g, (whole, name) => {
    if (name[0] !== '#') return entities[name] ?? whole
    const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })

/** XML to a tree of `{ name, attributes, children, text }`, names as `uri + local`. Null for what is not well formed enough. */
function parseXml(xml) {
  const token =
    /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([\w.:-]+)\s*>|<([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/g
  const root = { name: '', attributes: {}, children: [], text: '', spaces: {} }
  const stack = [root]
  for (const [, cdata, closing, opening, attributes, single, text] of xml.matchAll(token)) {
    const top = stack[stack.length - 1]
    if (text !== undefined) top.text += decode(text)
    else if (cdata !== undefined) top.text += cdata
    else if (closing !== undefined) {
      if (stack.length > 1) stack.pop()
    } else if (opening !== undefined) {
      const node = element(opening, attributes, top.spaces)
      top.children.push(node)
      if (!single) stack.push(node)
      if (stack.length > maxDepth) return null
    }
  }
  return root
}

function element(opening, attributeText, inherited) {
  const raw = [...attributeText.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name, a, b]) => [name, decode(a ?? b ?? '')])
  const declared = raw.filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'))
  const spaces = declared.length ? { ...inherited } : inherited
  for (const [name, uri] of declared) spaces[name.slice(6)] = uri
  const full = (name) => {
    const colon = name.indexOf(':')
    if (colon < 0) return (spaces[''] ?? '') + name
    return (spaces[name.slice(0, colon)] ?? `${name.slice(0, colon)}:`) + name.slice(colon + 1)
  }
  const attributes = Object.fromEntries(raw.filter(([name]) => !name.startsWith('xmlns')).map(([name, value]) => [full(name), value]))
  return { name: full(opening), attributes, children: [], text: '', spaces }
}

const property = (attributes) =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => !name.startsWith(RDF) && !name.startsWith('xml:')))

/** A property's value: a string, an array (bag, sequence), or an object (structure). Alternatives give their default language. */
function valueOf(node) {
  const [first] = node.children
  if (!first) {
    const struct = property(node.attributes)
    return Object.keys(struct).length ? struct : (node.attributes[`${RDF}resource`] ?? node.text.trim())
  }
  if (first.name === `${RDF}Alt`) {
    const isDefault = (item) => item.attributes['xml:lang'] === 'x-default'
    const chosen = first.children.find(isDefault) ?? first.children[0]
    return chosen ? valueOf(chosen) : ''
  }
  if (first.name === `${RDF}Bag` || first.name === `${RDF}Seq`) return first.children.map(valueOf)
  const inner = first.name === `${RDF}Description` ? first : node
  return { ...property(inner.attributes), ...Object.fromEntries(inner.children.map((child) => [child.name, valueOf(child)])) }
}

/** All properties of a packet, keyed by `namespace URI + name`; an empty object for what is no XMP. */
export function readXmp(packet) {
  const root = parseXml(packet)
  const found = {}
  const walk = (node) => {
    for (const child of node.children) {
      if (child.name !== `${RDF}Description`) walk(child)
      else {
        Object.assign(found, property(child.attributes))
        for (const item of child.children) found[item.name] = valueOf(item)
      }
    }
  }
  if (root) walk(root)
  return found
}
