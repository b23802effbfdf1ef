// Keeps the page for when there is no line. The lists are kept by the page itself, which proves them.
'use strict';

const PAGE = '/K';
const SHELF = 'loket-page-1';

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(SHELF)
      .then((shelf) => shelf.add(new Request(PAGE, { cache: 'reload' })))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  if (event.request.mode !== 'navigate' || event.request.method !== 'GET') return;
  event.respondWith(
    fetch(event.request).then(async (response) => {
      if (response.ok) {
        const shelf = await caches.open(SHELF);
        await shelf.put(PAGE, response.clone());
      }
      return response.status >= 500 ? (await caches.match(PAGE)) || response : response;
    }, async () => (await caches.match(PAGE)) || Response.error()),
  );
});
