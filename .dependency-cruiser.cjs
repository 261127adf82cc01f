/** Who may import whom: the order of services/README.md as rules, made from one list. */
const order = ['kernel', 'platform', 'compliance', 'accounts', 'assets', 'rights', 'discussion', 'review', 'catalog', 'lightboxes', 'licensing', 'commerce', 'delivery', 'exchange', 'intake', 'briefs', 'suggestions', 'clearance', 'desk', 'retention', 'notifications', 'jobs']
const tests = '\\.test\\.tsx?$|\\.setup\\.ts$'
const outside = '^services/(testing|sandbox)/'

const toTheLeftOnly = order.slice(0, -1).map((domain, at) => ({
  name: `${domain}-sees-only-its-left`,
  severity: 'error',
  from: { path: `^services/${domain}/`, pathNot: tests },
  to: { path: `^services/(${order.slice(at + 1).join('|')})/` },
}))

module.exports = {
  forbidden: [
    ...toTheLeftOnly,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'nothing-imports-app', severity: 'error', from: { path: '^(services|emails|prisma)/', pathNot: tests }, to: { path: '^app/' } },
    { name: 'no-web-in-services', severity: 'error', from: { path: '^services/', pathNot: `${tests}|${outside}` }, to: { path: '@remix-run|node_modules/(react|react-dom|hono)/' } },
    {
      name: 'rules-are-pure', severity: 'error', from: { path: '^services/[^/]+/rules/', pathNot: tests },
      to: { path: '^(services|node_modules|app|emails)', pathNot: '^services/kernel/|/rules/|/words/|^node_modules/zod|^services/rights/schema\\.ts$' },
    },
    {
      name: 'outside-world-only-in-platform', severity: 'error',
      from: { path: '^(services|app|emails)/', pathNot: `^services/platform/|${tests}|${outside}` },
      to: { path: 'node_modules/(stripe|@aws-sdk|sharp|tesseract|pdfkit|pg|nodemailer|typesense|@hyzyla|exifr|@prisma|qrcode)/' },
    },
    { name: 'graphile-only-in-platform-and-jobs', severity: 'error', from: { path: '^(services|app)/', pathNot: `^services/(platform|jobs)/|${tests}` }, to: { path: 'node_modules/graphile-worker' } },
    { name: 'stand-ins-stay-outside', severity: 'error', from: { path: '^(services|app|emails|server)', pathNot: `${tests}|${outside}` }, to: { path: outside } },
    { name: 'routes-do-not-import-routes', severity: 'error', from: { path: '^app/routes/', pathNot: tests }, to: { path: '^app/routes/' } },
    { name: 'ui-knows-no-domain', severity: 'error', from: { path: '^app/components/ui/' }, to: { path: '^(services/(?!kernel/)|app/(routes|http))' } },
    {
      name: 'components-take-rules-not-operations', severity: 'error', from: { path: '^app/components/', pathNot: tests },
      to: { path: '^services/', pathNot: '/rules/|/words/|/schema\\.ts$|/errors\\.ts$|^services/kernel/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'mails-know-only-the-kernel', severity: 'error', from: { path: '^emails/', pathNot: tests }, to: { path: '^services/', pathNot: '^services/kernel/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'services/platform/generated|^build/|\\.local/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'], extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'] },
  },
}
