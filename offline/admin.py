"""Where the words of this app's pages stand, for those who edit them."""

from careers.admin import ADDRESSES_ABOVE

# The page about a copy stands in copies only.
ADDRESSES_ABOVE["kept-pages"] = "offline:kept-pages"
