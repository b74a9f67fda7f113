"""A minimal WinRM endpoint whose Kerberos is MIT's, to hold asrdoctor's client against code that shares nothing with it.

Speaks to clients as ntlm_acceptor.py does, whose SOAP it uses. Keys come from the keytab that KRB5_KTNAME names. Messages are
unsealed and sealed as pypsrp does against Windows: gss_unwrap of header and data, gss_wrap_iov with header, data and padding.
With a certificate as second argument (PEM with its key) it speaks TLS and demands that a logon is bound to it; a third argument
is the hexadecimal hash that it demands instead of the right one.
"""

import base64
import hashlib
import re
import ssl
import struct
import sys
import threading

import gssapi
import gssapi.raw

import ntlm_acceptor as winrm

KERBEROS = gssapi.OID.from_int_seq("1.2.840.113554.1.2.2")
KIND = gssapi.raw.IOVBufferType
binding = None


class WinRm(winrm.WinRm):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        if token:
            return self.authenticate(base64.b64decode(token))
        if self.context is None or not self.context.complete:
            return self.reply(401, [("WWW-Authenticate", "Negotiate")])
        if isinstance(self.connection, ssl.SSLSocket):
            return self.reply(200, [("Content-Type", "application/soap+xml;charset=UTF-8")], winrm.answer(body.decode()))
        if not body.startswith(winrm.BOUNDARY):
            return self.reply(401, [("WWW-Authenticate", "Negotiate")])
        sealed = body[body.index(b"application/octet-stream\r\n") + 26 : body.rindex(winrm.BOUNDARY)]
        length = struct.unpack("<i", sealed[:4])[0]
        plain = self.context.unwrap(sealed[4:]).message
        told = int(re.search(rb"Length=(\d+)", body).group(1))
        if told != len(plain) or len(sealed) - 4 - length != told:
            raise ValueError("lengths: told %d, plain %d, sealed %d with a header of %d" % (told, len(plain), len(sealed), length))
        winrm.tell("header", length)
        answer = winrm.answer(plain.decode("utf-8"))
        iov = gssapi.raw.IOV(KIND.header, answer, KIND.padding, std_layout=False)
        gssapi.raw.wrap_iov(self.context, iov, confidential=True)
        header, data, padding = iov[0].value, iov[1].value, iov[2].value or b""
        kind = 'multipart/encrypted;protocol="application/HTTP-SPNEGO-session-encrypted";boundary="Encrypted Boundary"'
        return self.reply(
            200,
            [("Content-Type", kind)],
            winrm.BOUNDARY
            + b"\r\n\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n"
            + b"\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=%d\r\n" % (len(answer) + len(padding))
            + winrm.BOUNDARY
            + b"\r\n\tContent-Type: application/octet-stream\r\n"
            + struct.pack("<i", len(header))
            + header
            + data
            + padding
            + winrm.BOUNDARY
            + b"--\r\n",
        )

    def authenticate(self, token):
        proof, complete, why = b"", False, "an unfinished logon"
        try:
            credentials = gssapi.Credentials(usage="accept", mechs=[KERBEROS])
            context = gssapi.SecurityContext(creds=credentials, usage="accept", channel_bindings=binding)
            proof = context.step(token) or b""
            # Where step() has Kerberos' error in a token, it keeps the error back until the context is next asked.
            complete = context.complete
        except gssapi.exceptions.GSSError as refused:
            why = str(refused).replace("\n", " ")
        if not complete:
            winrm.tell("refused", why)
            return self.reply(401, [("WWW-Authenticate", ("Negotiate " + base64.b64encode(proof).decode()).strip())])
        self.context = context
        winrm.tell("accepted", context.initiator_name)
        winrm.tell("delegated", context.delegated_creds is not None)
        winrm.tell("target", context.target_name)
        # MIT sets the flag only where a binding was sent and fits.
        winrm.tell("bound", gssapi.RequirementFlag.channel_bound in context.actual_flags)
        return self.reply(200, [("WWW-Authenticate", "Negotiate " + base64.b64encode(proof).decode())])


if __name__ == "__main__":
    server = winrm.ThreadingHTTPServer(("127.0.0.1", 0), WinRm)
    server.daemon_threads = True
    if len(sys.argv) > 1:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(sys.argv[1])
        with open(sys.argv[1]) as pem:
            certificate = re.search("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", pem.read(), re.S).group(0)
        der = ssl.PEM_cert_to_DER_cert(certificate)
        hashed = bytes.fromhex(sys.argv[2]) if len(sys.argv) > 2 else hashlib.sha256(der).digest()
        binding = gssapi.raw.ChannelBindings(application_data=b"tls-server-end-point:" + hashed)
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=winrm.end_with_parent, daemon=True).start()
    print(server.server_port, flush=True)
    server.serve_forever()
