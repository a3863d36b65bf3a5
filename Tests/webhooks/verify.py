"""Starts a registry and a receiver, and has every delivery verified by packages that others wrote."""

import base64
import http.server
import json
import pathlib
import queue
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request

import jsonschema
import standardwebhooks
import svix
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

andrias, example = sys.argv[1], pathlib.Path(sys.argv[2])
AGENCY = "Verification"


def run(*arguments):
    """What the program prints; fails where it fails."""
    done = subprocess.run([andrias, *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"andrias {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def found(pattern, text):
    match = re.search(pattern, text)
    return match.group(0) if match else sys.exit(f"No {pattern} in:\n{text}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


messages = queue.Queue()


class Recorder(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        messages.put(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(204)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def next_message():
    try:
        return messages.get(timeout=30)
    except queue.Empty:
        sys.exit("No message came within 30 seconds.")


def is_verified_by_others(secret, headers, body):
    """Whether both packages take a message; they have to agree."""
    verdicts = []
    for package in (standardwebhooks, svix):
        try:
            package.Webhook(secret).verify(body, headers)
            verdicts.append(True)
        except package.webhooks.WebhookVerificationError:
            verdicts.append(False)
    assert verdicts[0] == verdicts[1], f"The packages disagree: {verdicts}"
    return verdicts[0]


def is_verified_by_key(public, headers, body):
    """Whether any v1a signature is the public key's."""
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public.removeprefix("whpk_")))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    for signature in headers["webhook-signature"].split():
        version, text = signature.split(",", 1)
        if version == "v1a":
            try:
                key.verify(base64.b64decode(text), signed)
                return True
            except InvalidSignature:
                pass
    return False


def check(condition, sentence):
    if not condition:
        sys.exit(f"FAILED: {sentence}")
    print(f"ok: {sentence}")


def check_body(site, headers, body):
    event = json.loads(body)
    check(headers["content-type"].startswith("application/cloudevents+json"), "the body is a CloudEvent")
    check(event["specversion"] == "1.0" and event["id"] == headers["webhook-id"], "its id is the message's")
    with urllib.request.urlopen(f"{site}/v1/event-types/{event['type']}") as answer:
        schema = json.load(answer)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(event["data"], schema)
    print(f"ok: the data of {event['type']} are as its schema says")


def main():
    recorder = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    threading.Thread(target=recorder.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{recorder.server_port}/hook"

    run("agency", "add", AGENCY)
    added = run("webhook", "add", "--agency", AGENCY, "--url", url, "--allow-private", "--label", "verification")
    endpoint = found(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", added)
    old = found(r"whsec_[A-Za-z0-9+/=]+", added), found(r"whpk_[A-Za-z0-9+/=]+", added)

    port = free_port()
    site = f"http://127.0.0.1:{port}"
    with open("server.log", "wb") as log:
        server = subprocess.Popen([andrias, "serve", "--port", str(port), "--log", "warning"], stderr=log, stdout=log)
    try:
        run("webhook", "test", endpoint)
        headers, body = next_message()
        check(is_verified_by_others(old[0], headers, body), "standardwebhooks and svix take the message (v1)")
        check(is_verified_by_key(old[1], headers, body), "cryptography takes the message (v1a, ed25519)")
        check(not is_verified_by_others(old[0], headers, body + b" "), "neither takes it changed by one byte")
        check(not is_verified_by_key(old[1], headers, body + b" "), "nor does cryptography")
        stale = {**headers, "webhook-timestamp": str(int(headers["webhook-timestamp"]) - 600)}
        check(not is_verified_by_others(old[0], stale, body), "nor with another timestamp")
        check_body(site, headers, body)

        rotated = run("webhook", "rotate", endpoint)
        new = found(r"whsec_[A-Za-z0-9+/=]+", rotated), found(r"whpk_[A-Za-z0-9+/=]+", rotated)
        check(new[0] != old[0], "a new secret is another one")
        run("webhook", "test", endpoint)
        headers, body = next_message()
        for name, (secret, public) in (("old", old), ("new", new)):
            check(is_verified_by_others(secret, headers, body), f"in the overlap the {name} secret verifies (v1)")
            check(is_verified_by_key(public, headers, body), f"in the overlap the {name} key verifies (v1a)")

        readme = (example / "README.md").read_text()
        check((example / "receiver.py").read_text() in readme, "the README shows the example receiver as it is")
        check_example()
    finally:
        server.terminate()
        server.wait(timeout=60)
    print("All deliveries were verified by others.")


def check_example():
    """The example receiver takes what is signed with its secret, each message once."""
    port = free_port()
    added = run(
        "webhook", "add", "--agency", AGENCY, "--url", f"http://127.0.0.1:{port}/", "--allow-private", "--label",
        "example")
    endpoint = found(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", added)
    secret = found(r"whsec_[A-Za-z0-9+/=]+", added)
    receiver = subprocess.Popen(
        [sys.executable, example / "receiver.py", str(port), "seen.sqlite"], env={"WEBHOOK_SECRET": secret},
        stdout=subprocess.PIPE, text=True)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        run("webhook", "test", endpoint)
        line = receiver.stdout.readline()
        check("endpoint.test.v1" in line, "the example receiver takes the message")
        event = line.split()[0]
        run("webhook", "replay", endpoint, "--event", event)
        run("webhook", "test", endpoint)
        check(event not in receiver.stdout.readline(), "the example receiver takes a message once")
    finally:
        receiver.kill()


main()
