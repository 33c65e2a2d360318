# SPDX-License-Identifier: Apache-2.0
"""A virus scanner that speaks the INSTREAM command of clamd and finds one word."""

import socketserver
import struct
import threading

VIRUS = b"X5O!P%@AP-of-the-test"


class Scanner:
    def __init__(self, path=None, longest=60 << 20):
        self.scanned = []
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                stream = self.request.makefile("rb")
                if stream.read(10) != b"zINSTREAM\0":
                    self.request.sendall(b"UNKNOWN COMMAND\0")
                    return
                content = b""
                while size := struct.unpack(">I", stream.read(4))[0]:
                    content += stream.read(size)
                    if len(content) > longest:  # as clamd: says so and hangs up in the middle
                        self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                        return
                outer.scanned.append(len(content))
                self.request.sendall(b"stream: Test.Virus-1 FOUND\0" if VIRUS in content else b"stream: OK\0")

        if path:
            self.server = socketserver.ThreadingUnixStreamServer(str(path), Handler)
            self.address = f"unix:{path}"
        else:
            self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
            self.address = f"tcp:127.0.0.1:{self.server.server_address[1]}"
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
