// Lets the browser keep the pages you open for when there is no network. /offline/ lists them, and removes them.
// Browsers with Trusted Types run no worker at an address that is mere text: this policy can name ours alone.
const plain = { createScriptURL: () => "/sw.js" };
const policy = window.trustedTypes?.createPolicy("own-worker", plain) ?? plain;
navigator.serviceWorker?.register(policy.createScriptURL("")).catch(() => {
  // The browser keeps nothing: some do for private windows or by choice. Everything else works.
});
