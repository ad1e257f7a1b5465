"""A client takes the certificates that it should and no other."""

import socket
import ssl
import threading
from pathlib import Path

import pytest

from tests.engines.certificates import Certificates, Kind


def shake_hands(files: Certificates, trusted: Path) -> None:
    here, there = socket.socketpair()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(files.certificate, files.key)
    served = threading.Thread(target=_serve, args=(server, there))
    served.start()
    try:
        with ssl.create_default_context(cafile=trusted).wrap_socket(here, server_hostname="127.0.0.1"):
            pass
    finally:
        here.close()
        served.join()


def _serve(context: ssl.SSLContext, connection: socket.socket) -> None:
    with connection:
        try:
            context.wrap_socket(connection, server_side=True).close()
        except OSError:
            return


def written(folder: Path, kind: Kind) -> Certificates:
    files = Certificates.at(folder)
    files.write(kind)
    return files


def test_a_valid_one_is_taken_and_stays_the_same(tmp_path: Path) -> None:
    files = written(tmp_path, "valid")
    ca = files.ca.read_bytes()
    shake_hands(written(tmp_path, "valid"), files.ca)
    assert files.ca.read_bytes() == ca


@pytest.mark.parametrize(("kind", "said"), [("expired", "has expired"), ("other host", "IP address mismatch")])
def test_a_wrong_one_is_refused(tmp_path: Path, kind: Kind, said: str) -> None:
    files = written(tmp_path, kind)
    with pytest.raises(ssl.SSLCertVerificationError, match=said):
        shake_hands(files, files.ca)


def test_an_authority_that_signed_nothing_here_is_no_help(tmp_path: Path) -> None:
    files = written(tmp_path, "valid")
    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(files, files.wrong_ca)
