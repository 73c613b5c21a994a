"""A telephone booth in a real browser: the page's loudspeaker is tapped, and somebody speaks into its microphone.

Nothing of the page is changed: what it connects to a loudspeaker is heard twice, and where it asks for a microphone it
is given one, either Chromium's, fed from a file, or one that speaks when a test wants it. It does not know what is said.
"""

import asyncio
import base64
import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
from playwright.async_api import Page, async_playwright

from os1.voice.base import SPOKEN_RATE, Sound
from os1.voice.pcm import wav
from tests.live.voices import AUDIBLE, CAPTURED, ROOM

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LENT = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
"""There is a microphone, and the person says yes."""
WAIT = 90_000
"""Milliseconds a step may take on a busy machine."""
PIECE = 1024
"""Samples that the tap hands over at a time, 43 ms."""

TAP = f"""
registerProcessor('tap', class extends AudioWorkletProcessor {{
  #piece = new Float32Array({PIECE});
  #at = 0;
  process([input]) {{
    const sound = input[0] ?? new Float32Array(128);
    this.#piece.set(sound, this.#at);
    this.#at += sound.length;
    if (this.#at >= {PIECE}) {{
      this.port.postMessage({{ end: currentFrame + 128, piece: this.#piece }});
      this.#at = 0;
    }}
    return true;
  }}
}});
"""

LISTENING = """
(() => {
  const booth = (window.booth = { taps: [], tracks: [], hushed: null });
  const tapped = new WeakSet();
  const add = AudioWorklet.prototype.addModule;
  AudioWorklet.prototype.addModule = async function (...asked) {
    await add.call(this, '/tap.js');
    tapped.add(this);
    return add.apply(this, asked);
  };
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...more) {
    if (to instanceof AudioDestinationNode && tapped.has(this.context.audioWorklet)) {
      const node = new AudioWorkletNode(this.context, 'tap', { numberOfOutputs: 0 });
      const tap = { context: this.context, node, begin: null, pieces: [] };
      node.port.onmessage = ({ data }) => {
        tap.begin ??= data.end - data.piece.length;
        tap.pieces.push(data.piece);
      };
      booth.taps.push(tap);
      connect.call(this, node);
    }
    return connect.call(this, to, ...more);
  };
  addEventListener('click', ({ target }) => {
    if (!target.closest('[data-testid=hush]')) return;
    booth.hushed = booth.loudspeaker().context.currentTime;
  }, true);
  booth.loudspeaker = () => booth.taps.findLast(({ node, context, pieces }) => context.sampleRate === 24000);
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await (booth.lend ?? ask)(wanted);
    booth.tracks.push(...stream.getAudioTracks());
    return stream;
  };
  booth.heard = (from) => {
    const { pieces } = booth.loudspeaker();
    const bytes = new Uint8Array(pieces.slice(from).reduce((sum, piece) => sum + piece.byteLength, 0));
    let at = 0;
    for (const piece of pieces.slice(from)) {
      bytes.set(new Uint8Array(piece.buffer), at);
      at += piece.byteLength;
    }
    let text = '';
    for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768));
    return btoa(text);
  };
})();
"""

SPEAKING = """
(() => {
  let context, room;
  const open = new Set();
  const begun = () => {
    context = new AudioContext({ sampleRate: RATE });
    const noise = context.createBuffer(1, RATE, RATE);
    const samples = noise.getChannelData(0);
    for (let i = 0; i < samples.length; i += 1) samples[i] = (Math.random() - 0.5) * 2 * ROOM;
    room = new AudioBufferSourceNode(context, { buffer: noise, loop: true });
    room.start();
  };
  booth.lend = async () => {
    if (!context) begun();
    await context.resume();
    const out = context.createMediaStreamDestination();
    room.connect(out);
    open.add(out);
    return out.stream;
  };
  booth.says = async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const source = new AudioBufferSourceNode(context, { buffer: await context.decodeAudioData(bytes.buffer) });
    for (const out of open) source.connect(out);
    const over = new Promise((done) => (source.onended = done));
    source.start();
    await over;
  };
})();
""".replace("RATE", str(CAPTURED)).replace("ROOM", str(ROOM))

BREAKING = """
(() => {
  const Socket = WebSocket;
  booth.lines = [];
  booth.blocked = false;
  window.WebSocket = class extends Socket {
    constructor(...asked) {
      super(...asked);
      if (booth.blocked) super.close();
      booth.lines.push(this);
    }
  };
  booth.breaks = () => {
    booth.blocked = true;
    for (const line of booth.lines) line.close();
  };
  booth.mends = () => { booth.blocked = false; };
})();
"""


def with_a_tap(page: Path, folder: Path) -> Path:
    """Her page's files with the tap beside them: her page runs only what comes from her house, and so does the tap."""
    shutil.copytree(page, folder)
    (folder / "tap.js").write_text(TAP)
    return folder


class Booth:
    """A page that calls, and what can be heard in front of it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def says(self, sound: Sound, rate: int = SPOKEN_RATE) -> None:
        """Speaks into the microphone; returns at the end of the last word."""
        await self.page.evaluate("(file) => booth.says(file)", base64.b64encode(wav(sound, rate)).decode())

    async def now(self) -> int:
        """Where the loudspeaker is, in pieces of its sound."""
        return await self.page.evaluate("booth.loudspeaker()?.pieces.length ?? 0")

    async def heard(self, since: int = 0) -> Sound:
        """All that came out of the loudspeaker, 24 kHz."""
        sound = await self.page.evaluate("(from) => booth.heard(from)", since)
        return np.frombuffer(base64.b64decode(sound), dtype="<f4")

    async def silence_after_hush(self) -> float:
        """Milliseconds from the click on Stop to the last sample that can be heard."""
        hushed, begin = await self.page.evaluate(
            "[booth.hushed, booth.loudspeaker().begin / booth.loudspeaker().context.sampleRate]"
        )
        sound = await self.heard()
        loud = np.flatnonzero(np.abs(sound) > AUDIBLE)
        last = begin + int(loud[-1]) / SPOKEN_RATE if len(loud) else hushed
        return round(1000 * (last - hushed), 1)

    async def quiet(self, seconds: float) -> None:
        """Returns once the loudspeaker has given nothing for so long."""
        pieces = int(seconds * SPOKEN_RATE / PIECE)
        while True:
            sound = await self.heard(max(0, await self.now() - pieces))
            if len(sound) and float(np.abs(sound).max()) < AUDIBLE:
                return
            await asyncio.sleep(0.1)

    async def tracks(self) -> list[str]:
        """Of every microphone that was lent, whether it is live or ended."""
        return await self.page.evaluate("booth.tracks.map(({ readyState }) => readyState)")


@asynccontextmanager
async def booth(
    *arguments: str, scripts: tuple[str, ...] = (LISTENING,), width: int = 1280, height: int = 800
) -> AsyncGenerator[Booth]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *arguments])
        page = await browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(WAIT)
        for script in scripts:
            await page.add_init_script(script)
        try:
            yield Booth(page)
        finally:
            await browser.close()
