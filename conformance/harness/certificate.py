"""A self-signed certificate for localhost, made once by openssl."""

import os
import shutil
import subprocess

from .target import ROOT

FOLDER = ROOT / "build" / "dropin-tls"
COMMAND = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
           "-nodes", "-days", "3650", "-subj", "/CN=localhost",
           "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]


def folder():
    """The folder that has key.pem and cert.pem, or None if there is no openssl."""
    if (FOLDER / "cert.pem").exists():
        return FOLDER
    if not shutil.which("openssl"):
        return None
    unfinished = FOLDER.with_name(f"{FOLDER.name}-{os.getpid()}")
    unfinished.mkdir(parents=True)
    subprocess.run([*COMMAND, "-keyout", unfinished / "key.pem", "-out", unfinished / "cert.pem"],
                   check=True, capture_output=True, timeout=60)
    try:
        unfinished.rename(FOLDER)
    except OSError:
        shutil.rmtree(unfinished)  # Another run was faster.
    return FOLDER
