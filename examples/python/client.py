"""A client of the 202 pattern with nothing but Python's standard library.

    npm run grade -- 4 --command "python3 examples/python/client.py"

It reads BASE_URL and PARAMS (JSON) from the environment, prints the report as one line of JSON and ends with 0; when
it fails, it says why on standard error and ends with 1.
"""

import http.client
import json
import os
import re
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

SHORTEST_WAIT, DEFAULT_WAIT, LONGEST_WAIT = 1.0, 2.0, 3600.0
ANSWER_WITHIN = 30.0
TRIES_IN_A_ROW = 5


class Failed(Exception):
    """The report will not come; the message says why."""


def call(request):
    """Sends a request; an answer of any status is an answer."""
    try:
        response = urllib.request.urlopen(request, timeout=ANSWER_WITHIN)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        return response.status, response.headers, response.read()


def job_of(body, what):
    try:
        job = json.loads(body)
    except ValueError:
        raise Failed(f"The answer to the {what} is not JSON.") from None
    if not isinstance(job, dict):
        raise Failed(f"The answer to the {what} is not the status of a job.")
    return job


def order(base_url, params):
    """Sends the order, once. Returns where the status is and how long to wait first, or else the finished job."""
    request = urllib.request.Request(
        base_url + "/reports",
        method="POST",
        data=json.dumps(params).encode(),
        headers={"Content-Type": "application/json"},
    )
    status, headers, body = call(request)
    if status >= 400:
        raise Failed(f"The order was refused with status {status}.")
    job = job_of(body, "order")
    if job.get("status") in ("completed", "failed"):
        return None, 0, job
    if not headers.get("Location"):
        raise Failed("The answer to the order has no Location: nobody knows where the status is.")
    first_wait = wait_seconds(headers) if headers.get("Retry-After") else 0
    return urljoin(base_url + "/reports", headers["Location"]), first_wait, None


def wait_seconds(headers):
    """How long to wait by the answer's Retry-After: whole seconds or an HTTP-date (RFC 9110, section 10.2.3)."""
    value = headers.get("Retry-After", "")
    seconds = DEFAULT_WAIT
    if re.fullmatch(r"[0-9]+", value):
        seconds = float(value)
    elif value.endswith(" GMT"):
        try:
            now = parsedate_to_datetime(headers["Date"]) if headers.get("Date") else datetime.now(timezone.utc)
            seconds = (parsedate_to_datetime(value) - now).total_seconds()
        except ValueError:
            seconds = DEFAULT_WAIT
    return min(max(seconds, SHORTEST_WAIT), LONGEST_WAIT)


def poll(url, first_wait):
    """Asks for the status until the job has ended. After 429, 503 or a cut connection it asks again, a few times."""
    time.sleep(first_wait)
    troubles = 0
    while True:
        try:
            status, headers, body = call(urllib.request.Request(url))
        except (OSError, http.client.HTTPException) as error:
            troubles += 1
            if troubles >= TRIES_IN_A_ROW:
                raise Failed(f"The status cannot be asked: {error}") from None
            time.sleep(DEFAULT_WAIT)
            continue
        if status in (429, 503) and troubles < TRIES_IN_A_ROW:
            troubles += 1
        elif status >= 400:
            raise Failed(f"The status was answered with {status}.")
        else:
            troubles = 0
            job = job_of(body, "status request")
            if job.get("status") in ("completed", "failed"):
                return job
        time.sleep(wait_seconds(headers))


def main():
    try:
        url, first_wait, job = order(os.environ["BASE_URL"], json.loads(os.environ["PARAMS"]))
        job = job or poll(url, first_wait)
        if job["status"] == "failed":
            raise Failed(f"The report failed: {job.get('error')}")
    except (Failed, OSError, http.client.HTTPException) as error:
        sys.exit(str(error))
    print(json.dumps(job["result"]))


if __name__ == "__main__":
    main()
