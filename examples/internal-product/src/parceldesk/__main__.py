"""Serve the screen."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

ThreadingHTTPServer(("", 8080), partial(SimpleHTTPRequestHandler, directory="screen")).serve_forever()
