# SPDX-License-Identifier: Apache-2.0
"""An object store that speaks as much S3 as the product asks for, and refuses whatever is not signed as AWS Signature
Version 4 asks for. The signature is computed here from the specification, not with the library under test."""

import hashlib
import hmac
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BUCKET, REGION, ACCESS, SECRET = "tsunagi-files", "jp-test-1", "AKTEST", "secret-of-the-test"


def keyed(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def signature(method, path, headers, signed, scope, when, payload):
    """Of a request without a query."""
    canonical = "\n".join([method, urllib.parse.quote(urllib.parse.unquote(path), safe="/~"), "",
                           *(f"{name}:{' '.join(headers[name].split())}" for name in signed), "", ";".join(signed), payload])
    text = "\n".join(["AWS4-HMAC-SHA256", when, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    day, region, service, end = scope.split("/")
    key = keyed(keyed(keyed(keyed(("AWS4" + SECRET).encode(), day), region), service), end)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


class ObjectServer:
    def __init__(self):
        self.objects = {}
        self.refused = []
        self.down = False
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self):
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                status, answer = outer.answer(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body)
                self.send_response(status)
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_GET = do_PUT = do_DELETE = handle_any

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, method, path, headers, body):
        if self.down:
            return 503, b""
        wrong = self.fault(method, path, headers, body)
        if wrong:
            self.refused.append(f"{method} {path}: {wrong}")
            return 403, b"<Error><Code>SignatureDoesNotMatch</Code></Error>"
        if not path.startswith(f"/{BUCKET}/"):
            return 404, b"<Error><Code>NoSuchBucket</Code></Error>"
        if method == "PUT":
            self.objects[path] = body
            return 200, b""
        if method == "DELETE":
            self.objects.pop(path, None)
            return 204, b""
        return (200, self.objects[path]) if path in self.objects else (404, b"<Error><Code>NoSuchKey</Code></Error>")

    @staticmethod
    def fault(method, path, headers, body):
        scheme, _, rest = headers.get("authorization", "").partition(" ")
        if scheme != "AWS4-HMAC-SHA256":
            return "not signed"
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        access, _, scope = parts["Credential"].partition("/")
        if access != ACCESS or scope.split("/")[1:] != [REGION, "s3", "aws4_request"]:
            return f"signed for {parts['Credential']}"
        payload = headers.get("x-amz-content-sha256", "")
        if payload != hashlib.sha256(body).hexdigest():
            return f"the checksum of the body is {payload or 'missing'}"
        signed = parts["SignedHeaders"].split(";")
        if not {"host", "x-amz-content-sha256", "x-amz-date"} <= set(signed):
            return f"only {signed} is signed"
        if signature(method, path, headers, signed, scope, headers["x-amz-date"], payload) != parts["Signature"]:
            return "the signature does not fit"
        return ""

    def stop(self):
        self.server.shutdown()
