"""The 202 pattern with nothing but Python's standard library: exercise 04's server.

    python3 examples/python/server.py 8080
    npm run grade -- 4 --url http://127.0.0.1:8080
"""

import json
import math
import sys
import threading
import time
import traceback
import uuid
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

BOOKS = json.loads(Path("lessons/books.json").read_text(encoding="utf-8"))
WORK_SECONDS = {"summary": 0.5, "full": 5.0}


class ReportError(Exception):
    """A failure whose message is written for the client to read."""


class Job:
    """One report under way. Its worker thread alone changes `state`, by one assignment."""

    def __init__(self, params):
        self.id = str(uuid.uuid4())
        self.due = time.monotonic() + WORK_SECONDS[params.get("kind", "full")]
        self.state = {"status": "processing"}
        threading.Thread(target=self.work, args=(params,), daemon=True).start()

    def work(self, params):
        try:
            time.sleep(WORK_SECONDS[params.get("kind", "full")])
            self.state = {"status": "completed", "result": make_report(params.get("genre"))}
        except ReportError as error:
            self.state = {"status": "failed", "error": str(error)}
        except Exception:
            # What was not foreseen is for our log only: it could show what is inside.
            traceback.print_exc()
            self.state = {"status": "failed", "error": "The report could not be made."}

    def envelope(self):
        return {"id": self.id, **self.state}

    def headers(self):
        headers = {"Cache-Control": "no-store"}
        if self.state["status"] == "processing":
            headers["Retry-After"] = str(max(1, math.ceil(self.due - time.monotonic())))
        return headers


def make_report(genre):
    found = [book for book in BOOKS if genre is None or book["genre"] == genre]
    if not found:
        raise ReportError(f"The warehouse has no book of the genre {genre}.")
    return {
        "title": "All books" if genre is None else f"Books of the genre {genre}",
        "generatedAt": datetime.now(timezone.utc).isoformat(),
        "totalBooks": {"count": len(found)},
    }


def problem_with(params):
    """What is wrong with an order, in a sentence; None if nothing is."""
    if not isinstance(params, dict):
        return "The body has to be a JSON object."
    if not isinstance(params.get("genre", ""), str):
        return "genre has to be a string."
    if params.get("kind", "full") not in ("summary", "full"):
        return 'kind has to be "summary" or "full".'
    return None


jobs = {}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path != "/reports":
            return self.answer(404, {"error": "There is nothing here."})
        try:
            params = json.loads(body)
        except ValueError:
            return self.answer(400, {"error": "The body is no JSON."})
        problem = problem_with(params)
        if problem:
            return self.answer(422, {"error": problem})
        job = Job(params)
        jobs[job.id] = job
        self.answer(202, job.envelope(), {**job.headers(), "Location": f"/reports/{job.id}"})

    def do_GET(self):
        job = jobs.get(self.path.removeprefix("/reports/"))
        if job is None:
            return self.answer(404, {"error": "There is no report with this id."})
        self.answer(200, job.envelope(), job.headers())

    def other(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.answer(405, {"error": "Only POST makes a report."}, {"Allow": "POST"})

    do_PUT = do_DELETE = other

    def answer(self, status, value, headers=None):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, text in (headers or {}).items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Quiet: the grader shows the exchanges."""


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8080
    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
