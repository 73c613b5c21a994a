/** The page begins: take a seat, open the line, show her. */
import { mount } from 'svelte';
import '@fontsource-variable/figtree/wght.css';
import '@fontsource-variable/newsreader/opsz.css';
import '@fontsource-variable/newsreader/opsz-italic.css';
import './app.css';
import App from './App.svelte';
import { Phone } from './lib/call/phone.svelte';
import { Face } from './lib/face.svelte';
import { claimByLock, take } from './lib/seat';

function socket(path: string): string {
  const url = new URL(path, location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

const place = document.getElementById('os1');
if (place === null) throw new Error('index.html has no #os1 to live in');

const seat = await take(localStorage, sessionStorage, claimByLock);
const face = new Face(socket('/ws'), seat, localStorage);
const phone = new Phone(socket('/call'), () => face.seat.client, localStorage);
mount(App, { target: place, props: { face, phone } });
