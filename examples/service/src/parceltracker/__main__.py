"""Serve."""

from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer

from parceltracker import settings
from parceltracker.lookup import answer
from parceltracker.store import find


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    def do_GET(self) -> None:
        status, body = answer(self.path, partial(find, settings.DATABASE_URL))
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body.encode())


HTTPServer(("", settings.PORT), Handler).serve_forever()
