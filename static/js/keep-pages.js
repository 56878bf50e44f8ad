// Lets the browser keep the pages you open for when there is no network. /offline/ lists them, and removes them.
navigator.serviceWorker?.register("/sw.js").catch(() => {
  // The browser keeps nothing: some do for private windows or by choice. Everything else works.
});
