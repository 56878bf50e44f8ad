// Keeps the pages that a reader opens, so that they can be read again without a network. Served at /sw.js.
// Nothing is sent anywhere. The page at {{ stand_in }} lists what is kept, and removes it.
const PAGES = "kept-pages-{{ version }}";
const FILES = "kept-files-{{ version }}";
const OURS = ["kept-pages-", "kept-files-", "kept-stand-in-"];
const STAND_IN = { cache: "kept-stand-in-{{ version }}", address: "{{ stand_in }}" };
const NEVER = [{% for each in never %}"{{ each }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const KEPT_WITH = [{% for each in kept_with %}"{{ each }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const STATIC = "{{ static }}";
const HASHED = /\.[0-9a-f]{12}\.\w+$/;

// The static files that the page names, in its own addresses.
const named = async (response) => [...(await response.text()).matchAll(/="([^"#]+)/g)].map(([, address]) => address)
  .filter((address) => address.startsWith(STATIC));

async function prepare() {
  const cache = await caches.open(STAND_IN.cache);
  const page = await fetch(STAND_IN.address, { cache: "reload" });
  if (!page.ok) throw new Error("The page that stands in did not answer.");
  await cache.addAll([...new Set(await named(page.clone()))]);
  await cache.put(STAND_IN.address, page);
  await self.skipWaiting();
}

async function tidyUp() {
  for (const name of await caches.keys()) {
    const isOurs = OURS.some((beginning) => name.startsWith(beginning));
    if (isOurs && ![PAGES, FILES, STAND_IN.cache].includes(name)) await caches.delete(name);
  }
  await self.clients.claim();
  await Promise.all((await self.clients.matchAll()).map(keepOpened));
}

// The page that was open before there was a worker is kept too.
async function keepOpened({ url }) {
  if (isLeftAlone(new URL(url)) || !isWanted(new URL(url))) return;
  await note(url, await fetch(url));
}

async function keep(name, request, response, most) {
  const cache = await caches.open(name);
  await cache.delete(request); // what was opened last stands last
  await cache.put(request, response);
  const kept = await cache.keys();
  for (const oldest of kept.slice(0, Math.max(0, kept.length - most))) await cache.delete(oldest);
}

// Keeps the page that the server gave, or forgets the former one: what was taken back must not be shown again.
// A server in trouble (500 and above) or in a hurry (429) says nothing about the page.
async function note(request, response) {
  if (mayBeKept(response, "text/html")) await keep(PAGES, request, response, {{ most_pages }});
  else if (response.status < 500 && response.status !== 429) await (await caches.open(PAGES)).delete(request);
}

const isLeftAlone = ({ pathname }) => NEVER.some((each) => pathname.startsWith(each));

const isWanted = ({ searchParams }) => [...searchParams.keys()].every((name) => KEPT_WITH.includes(name));

const mayBeKept = (response, type) =>
  response.status === 200 && response.type === "basic" && !response.redirected
  && new URL(response.url).pathname !== STAND_IN.address
  && (response.headers.get("Content-Type") ?? "").startsWith(type)
  && !/no-store|private/.test(response.headers.get("Cache-Control") ?? "");

async function page(event) {
  try {
    const response = await fetch(event.request);
    if (isWanted(new URL(event.request.url))) event.waitUntil(note(event.request, response.clone()));
    return response;
  } catch (error) {
    const pages = await caches.open(PAGES);
    const kept = await pages.match(event.request) ?? await caches.match(STAND_IN.address);
    if (kept) return kept;
    throw error;
  }
}

async function file(event) {
  const kept = await caches.match(event.request);
  if (kept && HASHED.test(new URL(event.request.url).pathname)) return kept;
  try {
    const response = await fetch(event.request);
    if (mayBeKept(response, "")) event.waitUntil(keep(FILES, event.request, response.clone(), {{ most_files }}));
    return response;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("install", (event) => event.waitUntil(prepare()));
self.addEventListener("activate", (event) => event.waitUntil(tidyUp()));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const address = new URL(url);
  if (method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith(STATIC)) event.respondWith(file(event));
  else if (mode === "navigate" && !isLeftAlone(address)) event.respondWith(page(event));
});
