"""Runs one command on a WinRM endpoint with pywinrm.

Reads a JSON object from stdin with endpoint, transport, encryption, user, password and command; prints one with stdout,
stderr and the exit code, or with the class of the exception in "error".
"""

import json
import sys

import winrm

job = json.load(sys.stdin)
session = winrm.Session(
    job["endpoint"],
    auth=(job["user"], job["password"]),
    transport=job["transport"],
    server_cert_validation="ignore",
    message_encryption=job["encryption"],
    **job.get("options", {}),
)
try:
    result = session.run_cmd(job["command"])
except winrm.exceptions.WinRMError as refused:
    print(json.dumps({"error": type(refused).__name__, "message": str(refused)}))
else:
    print(json.dumps({"stdout": result.std_out.decode(), "stderr": result.std_err.decode(), "code": result.status_code}))
