import access from './de/access.json' with { type: 'json' }
import account from './de/account.json' with { type: 'json' }
import asset from './de/asset.json' with { type: 'json' }
import briefs from './de/briefs.json' with { type: 'json' }
import cart from './de/cart.json' with { type: 'json' }
import collections from './de/collections.json' with { type: 'json' }
import compare from './de/compare.json' with { type: 'json' }
import comps from './de/comps.json' with { type: 'json' }
import contributors from './de/contributors.json' with { type: 'json' }
import errors from './de/errors.json' with { type: 'json' }
import forms from './de/forms.json' with { type: 'json' }
import guests from './de/guests.json' with { type: 'json' }
import home from './de/home.json' with { type: 'json' }
import licence from './de/licence.json' with { type: 'json' }
import licences from './de/licences.json' with { type: 'json' }
import lightboxes from './de/lightboxes.json' with { type: 'json' }
import orders from './de/orders.json' with { type: 'json' }
import player from './de/player.json' with { type: 'json' }
import portal from './de/portal.json' with { type: 'json' }
import proof from './de/proof.json' with { type: 'json' }
import saved from './de/saved.json' with { type: 'json' }
import search from './de/search.json' with { type: 'json' }
import seen from './de/seen.json' with { type: 'json' }
import shell from './de/shell.json' with { type: 'json' }
import similar from './de/similar.json' with { type: 'json' }
import store from './de/store.json' with { type: 'json' }
import ui from './de/ui.json' with { type: 'json' }

/** Every text of the pages that outsiders see, in German. */
export default {
  access,
  account,
  asset,
  briefs,
  cart,
  collections,
  compare,
  comps,
  contributors,
  errors,
  forms,
  guests,
  home,
  licence,
  licences,
  lightboxes,
  orders,
  player,
  portal,
  proof,
  saved,
  search,
  seen,
  shell,
  similar,
  store,
  ui,
}
