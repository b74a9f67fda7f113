"""Runs one command on a WinRM endpoint with pywinrm: endpoint, transport, user, command; password in WINRM_PASSWORD.

Prints a JSON object with stdout, stderr and the exit code.
"""

import json
import os
import sys

import winrm

endpoint, transport, user, command = sys.argv[1:5]
session = winrm.Session(
    endpoint,
    auth=(user, os.environ["WINRM_PASSWORD"]),
    transport=transport,
    server_cert_validation="ignore",
    message_encryption="always" if transport == "ntlm" else "auto",
)
result = session.run_cmd(command)
print(json.dumps({"stdout": result.std_out.decode(), "stderr": result.std_err.decode(), "code": result.status_code}))
