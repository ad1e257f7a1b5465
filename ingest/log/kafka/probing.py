"""Finds out, step by step, why a broker cannot be spoken to: address, TLS, certificate, way to sign in, password."""

import socket
import ssl
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager

from kafka.errors import KafkaError
from kafka.net.compat import KafkaNetClient

from ingest.log.kafka.connecting import STEP_SECONDS, answers, client_settings, connected, tls_context
from ingest.log.kafka.errors import LogError, UnreachableError
from ingest.log.kafka.options import SECURED, SIGNED_IN, KafkaOptions, addresses, checked
from ingest.log.kafka.patience import milliseconds
from ingest.log.kafka.wire import Offer, offered, signs_in

_HOST_MISMATCH = (62, 64)  # X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH
_OUT_OF_DATE = (9, 10)  # X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED


def probe(options: KafkaOptions) -> None:
    """Return where the brokers can be spoken to as configured. Raises `LogError` with the cause and the fix."""
    _try_addresses(checked(options))
    _see_brokers(options)


def _try_addresses(options: KafkaOptions) -> None:
    """One address that answers well is enough; what is wrong with an answer tells more than that there is none."""
    found: list[LogError] = []
    for host, port in addresses(options):
        try:
            return _try_address(options, host, port)
        except LogError as error:
            found.append(error)
    wrong = [error for error in found if not isinstance(error, UnreachableError)]
    raise wrong[0] if wrong else UnreachableError("; ".join(map(str, found)))


def _try_address(options: KafkaOptions, host: str, port: int) -> None:
    place = f"{host}:{port}"
    try:
        with connected(host, port) as plain, _as_configured(options, plain, host) as connection:
            offer = offered(connection, options.mechanism)
            if offer is not None:
                _compare(options, offer, place)
                if options.protocol in SIGNED_IN:
                    _sign_in(options, connection, place)
                return
    except ssl.SSLCertVerificationError as error:
        raise LogError(f"{place}: {_distrusted(error, options, host)}") from None
    except TimeoutError:
        raise UnreachableError(
            f"{place} takes connections but says nothing for {STEP_SECONDS:g} s: see whether the broker hangs"
        ) from None
    except OSError:  # the other end broke off in the middle of the handshake
        pass
    raise _speaks_otherwise(options, host, port)


@contextmanager
def _as_configured(options: KafkaOptions, plain: socket.socket, host: str) -> Iterator[socket.socket]:
    if options.protocol not in SECURED:
        yield plain
        return
    with tls_context(options).wrap_socket(plain, server_hostname=host) as secured:
        yield secured


def _compare(options: KafkaOptions, offer: Offer, place: str) -> None:
    if options.protocol not in SIGNED_IN:
        if offer.wants_password:
            wanted = "SASL_SSL" if options.protocol == "SSL" else "SASL_PLAINTEXT"
            raise LogError(f"{place} wants a password: set protocol to {wanted}, and username and password")
    elif not offer.wants_password:
        wanted = "SSL" if options.protocol == "SASL_SSL" else "PLAINTEXT"
        raise LogError(f"{place} takes no password: set protocol under [kafka] to {wanted}")
    elif options.mechanism not in offer.mechanisms:
        ways = ", ".join(offer.mechanisms)
        raise LogError(f"{place} does not offer {options.mechanism}: set mechanism under [kafka] to one of {ways}")


def _sign_in(options: KafkaOptions, connection: socket.socket, place: str) -> None:
    try:
        taken = signs_in(connection, options)
    except (ConnectionError, struct.error):
        raise UnreachableError(f"{place} broke off while {options.user} signed in: see the broker's log") from None
    if not taken:
        raise LogError(
            f"{place}: wrong password for {options.user}, or no such user with {options.mechanism}: correct username "
            "and mechanism under [kafka], or STEMWACHT_KAFKA__PASSWORD"
        )


def _distrusted(error: ssl.SSLCertVerificationError, options: KafkaOptions, host: str) -> str:
    if error.verify_code in _HOST_MISMATCH:
        return f"the certificate is for another host than {host}: write the name that it bears under bootstrap_servers"
    if error.verify_code in _OUT_OF_DATE:
        return "the certificate has expired or is not valid yet: renew it, or set the clock right"
    trusted = f"{options.ca_file} did not sign" if options.ca_file else "no authority that this system trusts signed"
    return f"{trusted} the broker's certificate: set ca_file under [kafka] to the certificate of the one that did"


def _speaks_otherwise(options: KafkaOptions, host: str, port: int) -> LogError:
    """What is there instead of a broker that speaks as configured."""
    signs = options.protocol in SIGNED_IN
    if options.protocol in SECURED and _speaks_plain_text(options, host, port):
        wanted = "SASL_PLAINTEXT" if signs else "PLAINTEXT"
        return LogError(f"{host}:{port} speaks plain text, not TLS: correct the port, or set protocol to {wanted}")
    if options.protocol not in SECURED and _speaks_tls(host, port):
        wanted = "SASL_SSL" if signs else "SSL, or SASL_SSL where a password is wanted"
        return LogError(f"{host}:{port} speaks TLS: set protocol under [kafka] to {wanted}")
    return LogError(f"{host}:{port} is no broker of Kafka: correct bootstrap_servers under [kafka]")


def _speaks_plain_text(options: KafkaOptions, host: str, port: int) -> bool:
    try:
        with connected(host, port) as plain:
            return offered(plain, options.mechanism) is not None
    except (TimeoutError, UnreachableError):
        return False


def _speaks_tls(host: str, port: int) -> bool:
    """Whether a handshake comes about at all; nothing is sent over it, so whose certificate it is does not matter."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with connected(host, port) as plain, context.wrap_socket(plain, server_hostname=host):
            return True
    except (OSError, UnreachableError):
        return False


def _see_brokers(options: KafkaOptions) -> None:
    """Whether the brokers are where they say that they are: clients go there, whatever address they came by."""
    with closing(KafkaNetClient(**client_settings(options))) as client:
        try:
            client.get_broker_version(timeout_ms=milliseconds(STEP_SECONDS))
        except KafkaError as error:
            kind = type(error).__name__
            raise UnreachableError(f"{options.servers} tells of no brokers ({kind}): see the broker's log") from error
        told = [(broker.host, broker.port) for broker in client.cluster.brokers()]
    if not any(answers(host, port) for host, port in told):
        where = ", ".join(f"{host}:{port}" for host, port in told)
        raise UnreachableError(
            f"{options.servers} says that the brokers are at {where}, where no connection is to be had from here: "
            "correct advertised.listeners of the brokers"
        )
