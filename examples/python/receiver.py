"""Receives notices of verdicts on imports: checks who sent each, takes it once, and prints it.

    receiver.py [PORT]

DUCHA_WEBHOOK_SECRET has the secret of the webhook. Listens on this machine only: put what speaks TLS before it. Needs nothing
but Python.
"""

import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

SECRET = os.environ["DUCHA_WEBHOOK_SECRET"].strip().encode()
LARGEST = 64 * 1024  # bytes of a notice
OLDEST = 300  # seconds that its clock and ours may differ: somebody may have listened, and send it again later
taken = set()  # ids; keep them where they survive a restart, for two days


def is_genuine(signature: str, body: bytes) -> bool:
    parts = dict(part.split("=", 1) for part in signature.split(",") if "=" in part)
    sent = parts.get("t", "")
    if not (sent.isascii() and sent.isdigit()) or abs(time.time() - int(sent)) > OLDEST:
        return False
    wanted = hmac.new(SECRET, sent.encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(wanted.encode(), parts.get("v1", "").encode())


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        if length > LARGEST:
            return self.answer(413)
        body = self.rfile.read(length)
        if not is_genuine(self.headers.get("Ducha-Signature", ""), body):
            return self.answer(401)
        notice = json.loads(body)
        if notice["delivery_id"] not in taken:
            print(json.dumps(notice, ensure_ascii=False), flush=True)  # your own work: be done within 10 seconds
            taken.add(notice["delivery_id"])
        self.answer(204)

    def answer(self, status: int):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()


if __name__ == "__main__":
    server = HTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 8080), Receiver)
    print(f"listening on 127.0.0.1:{server.server_port}", file=sys.stderr, flush=True)
    server.serve_forever()
