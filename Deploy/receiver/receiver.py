#!/usr/bin/env python3
"""Hears of events: verifies that each message is the registry's and fresh, and takes each once."""
import base64, hashlib, hmac, http.server, json, os, sqlite3, sys, threading, time

PORT, SEEN = (sys.argv + ["9000", "seen.sqlite"][len(sys.argv) - 1:])[1:3]
SECRETS = [base64.b64decode(word.removeprefix("whsec_")) for word in os.environ["WEBHOOK_SECRET"].split()]
TOLERANCE = 300  # seconds
turn, seen = threading.Lock(), sqlite3.connect(SEEN, check_same_thread=False)
seen.execute("CREATE TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY)")

def is_genuine(headers, body):
    message, moment = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not moment.isdecimal() or abs(time.time() - int(moment)) > TOLERANCE:
        return False
    signed = f"{message}.{moment}.".encode() + body
    right = [b"v1," + base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)) for secret in SECRETS]
    given = headers.get("webhook-signature", "").encode().split()
    return any([hmac.compare_digest(one, other) for one in given for other in right])

def handle(event):
    print(event["id"], event["type"], event["urgency"], json.dumps(event["data"], ensure_ascii=False), flush=True)

class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version, timeout = "HTTP/1.1", 60  # connections are kept

    def do_POST(self):
        body = self.rfile.read(max(0, min(int(self.headers.get("content-length", 0)), 1 << 20)))
        genuine = is_genuine(self.headers, body)
        if genuine:
            with turn, seen:  # an id whose event could not be handled is forgotten, and the event comes again
                if seen.execute("INSERT OR IGNORE INTO seen VALUES (?)", (self.headers["webhook-id"],)).rowcount:
                    handle(json.loads(body))
        self.send_response(204 if genuine else 401)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass

if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", int(PORT)), Receiver).serve_forever()
