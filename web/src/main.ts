/** The page begins: take a seat, open the line, show her. */
import { mount } from 'svelte';
import '@fontsource-variable/figtree/wght.css';
import '@fontsource-variable/newsreader/opsz.css';
import '@fontsource-variable/newsreader/opsz-italic.css';
import './app.css';
import App from './App.svelte';
import { Face } from './lib/face.svelte';
import { claimByLock, take } from './lib/seat';

const socket = new URL('/ws', location.href);
socket.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';

const place = document.getElementById('os1');
if (place === null) throw new Error('index.html has no #os1 to live in');

const seat = await take(localStorage, sessionStorage, claimByLock);
mount(App, { target: place, props: { face: new Face(socket.href, seat, localStorage) } });
