// Reads XMP (ISO 16684-1) as far as IPTC needs it: by namespace URI, not by prefix; text, language alternatives, bags,
// sequences and structures. No entity is expanded but the five of XML and numbers, so no text can grow.
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const maxDepth = 40
/** The prefixes under which these namespaces are known; others keep their address. */
const prefixes = {
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://ns.adobe.com/photoshop/1.0/': 'photoshop',
  'http://ns.adobe.com/xap/1.0/': 'xmp',
  'http://ns.adobe.com/xap/1.0/rights/': 'xmpRights',
  'http://ns.adobe.com/xap/1.0/mm/': 'xmpMM',
  'http://ns.adobe.com/xap/1.0/bj/': 'xmpBJ',
  'http://ns.adobe.com/xap/1.0/t/pg/': 'xmpTPg',
  'http://ns.adobe.com/xmp/note/': 'xmpNote',
  'http://ns.adobe.com/xap/1.0/sType/ResourceEvent#': 'stEvt',
  'http://ns.adobe.com/xap/1.0/sType/ResourceRef#': 'stRef',
  'http://ns.adobe.com/xmp/1.0/DynamicMedia/': 'xmpDM',
  'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/': 'Iptc4xmpCore',
  'http://iptc.org/std/Iptc4xmpExt/2008-02-29/': 'Iptc4xmpExt',
  'http://ns.useplus.org/ldf/xmp/1.0/': 'plus',
  'http://ns.adobe.com/exif/1.0/': 'exif',
  'http://cipa.jp/exif/1.0/': 'exifEX',
  'http://ns.adobe.com/exif/1.0/aux/': 'aux',
  'http://ns.adobe.com/tiff/1.0/': 'tiff',
  'http://ns.adobe.com/pdf/1.3/': 'pdf',
  'http://ns.adobe.com/camera-raw-settings/1.0/': 'crs',
  'http://ns.adobe.com/lightroom/1.0/': 'lr',
  'http://creativecommons.org/ns#': 'cc',
}
const nameIn = (uri, local) => (prefixes[uri] ? `${prefixes[uri]}:${local}` : uri + local)

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
    if (colon < 0) return nameIn(spaces[''] ?? '', name)
    const uri = spaces[name.slice(0, colon)]
    return uri === undefined ? name : nameIn(uri, name.slice(colon + 1))
  }
  const attributes = Object.fromEntries(raw.filter(([name]) => !name.startsWith('xmlns')).map(([name, value]) => [full(name), value]))
  return { name: full(opening), attributes, children: [], text: '', spaces }
}

const property = (attributes) =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => !name.startsWith(RDF) && !name.startsWith('xml:')))

/**
 * A property's value: a string, an array (bag, sequence), or an object: a structure by the names of its fields, or an
 * alternative by its languages, each with `@` before it.
 */
function valueOf(node) {
  const [first] = node.children
  if (!first) {
    const struct = property(node.attributes)
    return Object.keys(struct).length ? struct : (node.attributes[`${RDF}resource`] ?? node.text.trim())
  }
  if (first.name === `${RDF}Alt`) {
    const languages = {}
    for (const item of first.children) languages[`@${item.attributes['xml:lang'] ?? 'x-default'}`] ??= valueOf(item)
    return Object.keys(languages).length > 0 ? languages : ''
  }
  if (first.name === `${RDF}Bag` || first.name === `${RDF}Seq`) return first.children.map(valueOf)
  const qualified = node.children.find((child) => child.name === `${RDF}value`)
  if (qualified) return valueOf(qualified)
  const inner = first.name === `${RDF}Description` ? first : node
  return { ...property(inner.attributes), ...Object.fromEntries(inner.children.map((child) => [child.name, valueOf(child)])) }
}

/** All properties of a packet, keyed by `prefix:name` (an unknown namespace by its address); an empty object for what is no XMP. */
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
