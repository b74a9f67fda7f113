"""A minimal WinRM endpoint whose NTLM is gss-ntlmssp's, to hold asrdoctor's client against code that shares nothing with it.

Prints its port, then serves until its standard input ends. Every command answers with the SHA-256 of its standard input on
stdout and the exit code 7; 99 where it was asked before that input had ended. Accounts come from the file that
NTLM_USER_FILE names (lines of DOMAIN:user:password). Each logon and each request is told on stderr.
"""

import base64
import hashlib
import os
import re
import struct
import sys
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import gssapi

NTLM = gssapi.OID.from_int_seq("1.3.6.1.4.1.311.2.2.10")
BOUNDARY = b"--Encrypted Boundary"
SOAP = "http://www.w3.org/2003/05/soap-envelope"
ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell"

stdin = {}
ended = set()


def tell(kind, what):
    sys.stderr.write("%s %s\n" % (kind, what))
    sys.stderr.flush()


def text_of(request, element):
    found = re.search(r"<(?:\w+:)?%s\b[^>]*>([^<]*)<" % element, request)
    return found.group(1) if found else ""


def answer(request):
    action = text_of(request, "Action").rsplit("/", 1)[-1]
    tell("action", action)
    if action == "Create":
        body = (
            '<x:ResourceCreated xmlns:x="http://schemas.xmlsoap.org/ws/2004/09/transfer">'
            "<a:Address>http://127.0.0.1/wsman</a:Address><a:ReferenceParameters>"
            "<w:ResourceURI>http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd</w:ResourceURI>"
            '<w:SelectorSet><w:Selector Name="ShellId">%s</w:Selector></w:SelectorSet>'
            "</a:ReferenceParameters></x:ResourceCreated>" % str(uuid.uuid4()).upper()
        )
    elif action == "Command":
        command = re.search(r'CommandId="([^"]+)"', request)
        command = command.group(1) if command else str(uuid.uuid4()).upper()
        stdin[command] = b""
        body = "<rsp:CommandResponse><rsp:CommandId>%s</rsp:CommandId></rsp:CommandResponse>" % command
    elif action == "Send":
        command = re.search(r'CommandId="([^"]+)"', request).group(1)
        stdin[command] += base64.b64decode(text_of(request, "Stream"))
        if re.search(r'<(?:\w+:)?Stream\b[^>]*\bEnd="true"', request):
            ended.add(command)
        body = "<rsp:SendResponse/>"
    elif action == "Receive":
        command = re.search(r'CommandId="([^"]+)"', request).group(1)
        output = hashlib.sha256(stdin.pop(command)).hexdigest().encode()
        body = (
            '<rsp:ReceiveResponse><rsp:Stream Name="stdout" CommandId="%s">%s</rsp:Stream>'
            '<rsp:Stream Name="stdout" CommandId="%s" End="true"></rsp:Stream>'
            '<rsp:Stream Name="stderr" CommandId="%s" End="true"></rsp:Stream>'
            '<rsp:CommandState CommandId="%s" State="%s/CommandState/Done"><rsp:ExitCode>%d</rsp:ExitCode>'
            "</rsp:CommandState></rsp:ReceiveResponse>"
            % (command, base64.b64encode(output).decode(), command, command, command, SHELL, 7 if command in ended else 99)
        )
    elif action == "Signal":
        body = "<rsp:SignalResponse/>"
    else:
        body = ""
    return (
        '<s:Envelope xml:lang="en-US" xmlns:s="%s" xmlns:a="%s" xmlns:w="%s" xmlns:rsp="%s"><s:Header>'
        "<a:Action>%sResponse</a:Action><a:MessageID>uuid:%s</a:MessageID><a:RelatesTo>%s</a:RelatesTo>"
        "</s:Header><s:Body>%s</s:Body></s:Envelope>"
        % (SOAP, ADDRESSING, WSMAN, SHELL, action, uuid.uuid4(), text_of(request, "MessageID"), body)
    ).encode()


class WinRm(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        self.context = None

    def log_message(self, *arguments):
        pass

    def reply(self, status, headers=(), body=b""):
        self.send_response_only(status, "")
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        if token:
            return self.authenticate(base64.b64decode(token))
        if self.context is None or not self.context.complete or not body.startswith(BOUNDARY):
            return self.reply(401, [("WWW-Authenticate", "Negotiate")])
        sealed = body[body.index(b"application/octet-stream\r\n") + 26 : body.rindex(BOUNDARY)]
        length = struct.unpack("<i", sealed[:4])[0]
        request = self.context.unwrap(sealed[4:]).message.decode("utf-8")
        if length != 16:
            raise ValueError("a signature of %d bytes" % length)
        plain = answer(request)
        sealed = self.context.wrap(plain, True).message
        parts = (
            BOUNDARY
            + b"\r\n\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n"
            + b"\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=%d\r\n" % len(plain)
            + BOUNDARY
            + b"\r\n\tContent-Type: application/octet-stream\r\n"
            + struct.pack("<i", 16)
            + sealed
            + BOUNDARY
            + b"--\r\n"
        )
        kind = 'multipart/encrypted;protocol="application/HTTP-SPNEGO-session-encrypted";boundary="Encrypted Boundary"'
        return self.reply(200, [("Content-Type", kind)], parts)

    def authenticate(self, token):
        try:
            if self.context is None:
                credentials = gssapi.Credentials(usage="accept", mechs=[NTLM])
                self.context = gssapi.SecurityContext(creds=credentials, usage="accept")
            challenge = self.context.step(token)
        except gssapi.exceptions.GSSError as refused:
            self.context = None
            tell("refused", str(refused).replace("\n", " "))
            return self.reply(401, [("WWW-Authenticate", "Negotiate")])
        if self.context.complete:
            tell("accepted", str(self.context.initiator_name).rstrip("\0"))
            return self.reply(200)
        return self.reply(401, [("WWW-Authenticate", "Negotiate " + base64.b64encode(challenge).decode())])


def end_with_parent():
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), WinRm)
    server.daemon_threads = True
    threading.Thread(target=end_with_parent, daemon=True).start()
    print(server.server_port, flush=True)
    server.serve_forever()
