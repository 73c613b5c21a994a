"""The one page that the home network gets without TLS: how a phone comes to trust this house, and the way in.

It holds no secret and no word of anybody's. The key that opens the door stands behind the # of the scanned link, which
no browser sends: the page's few lines of script put it into the link over TLS. It does not know who asks.
"""

import base64
import hashlib
from html import escape
from string import Template

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from os1.server.tls import fingerprint

CERTIFICATE = "/os1-house.crt"

STYLE = """
:root { color-scheme: light dark; font: 18px/1.5 system-ui, sans-serif; }
body { max-width: 34rem; margin: 2rem auto; padding: 0 1.2rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
a.go { display: block; padding: .9rem; margin: 1rem 0; border-radius: .8rem; text-align: center; text-decoration: none;
  font-weight: 600; background: #a8412f; color: #fff; }
li { margin: .5rem 0; } small, code { font-size: .8rem; overflow-wrap: anywhere; }
""".strip()
SCRIPT = """
const key = location.hash.slice(1);
const link = document.getElementById('in');
if (key) link.href += 'login?key=' + encodeURIComponent(key);
""".strip()

PAGE = Template("""<!doctype html><html lang="en"><meta charset="utf-8"><title>OS1 on this phone</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>$style</style>
<h1>Her, on this phone</h1>
<p>A phone lends its microphone only to a house it trusts. Tell it once that this is yours, then come in.</p>

<h2>1. Trust this house (once)</h2>
<a class="go" href="$certificate" download>Get the certificate</a>
<details open><summary><b>iPhone, iPad</b> (in Safari)</summary><ol>
<li>Tap the button, then Allow.</li>
<li>Settings › Profile Downloaded › Install.</li>
<li>Settings › General › About › Certificate Trust Settings: turn on “OS1, this house only”.</li>
</ol></details>
<details open><summary><b>Android</b> (in Chrome)</summary><ol>
<li>Tap the button; the file goes to your downloads.</li>
<li>In Settings, search for “CA certificate” and tap Install anyway.</li>
<li>Choose <code>os1-house.crt</code>.</li>
</ol></details>

<h2>2. Come in</h2>
<a class="go" id="in" href="$secure">Open her page</a>
<p><small>The code you scanned opens the door once, within ten minutes. Too late? <code>os1 login --phone</code> where she
was started shows another.</small></p>

<h2>What you agree to</h2>
<p><small>The certificate can vouch for addresses inside your home, and for this computer’s own name there, never for
a website. Do this on a network you trust. The phone shows the certificate’s SHA-256; it must be the one in the terminal:
</small></p><p><code>$fingerprint</code></p>
<p><small>Rather not? On Android, Chrome lets you go on past its warning (Advanced › Proceed), and the microphone works. An
iPhone may show the page after its warning, but can refuse the line that carries your voice until you trust the house.
To take the trust back: on an iPhone remove the profile under VPN &amp; Device Management; on Android look for User
credentials.</small></p>
<script>$script</script></html>
""")


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src {_hash(STYLE)}; script-src {_hash(SCRIPT)}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}


class PhonePage:
    """What it says changes when the certificate or the addresses do."""

    def __init__(self) -> None:
        self.hosts: dict[str, str] = {}
        """A Host header that is answered, and the link over TLS that goes with it."""
        self.fingerprint = ""
        self._certificate = b""
        self.routes = [Route("/", self.page), Route(CERTIFICATE, self.file)]

    def trust(self, authority: x509.Certificate) -> None:
        """This is the one to offer."""
        self.fingerprint = fingerprint(authority)
        self._certificate = authority.public_bytes(Encoding.DER)  # both kinds of phone take it so

    async def page(self, request: Request) -> Response:
        secure = self.hosts.get(request.headers.get("host", ""))
        if secure is None:
            return PlainTextResponse("This house does not answer to that name.", 403, HEADERS)
        text = PAGE.substitute(
            style=STYLE,
            script=SCRIPT,
            certificate=CERTIFICATE,
            secure=escape(secure),
            fingerprint=self.fingerprint,
        )
        return HTMLResponse(text, headers=HEADERS)

    async def file(self, request: Request) -> Response:
        if request.headers.get("host", "") not in self.hosts:
            return PlainTextResponse("This house does not answer to that name.", 403, HEADERS)
        return Response(self._certificate, media_type="application/x-x509-ca-cert", headers=HEADERS)
