"""A Kafka that wants TLS and a password and lets nobody do what was not allowed: SASL_SSL, SCRAM-SHA-512, ACLs."""

from tests.engines.certificates import Certificates
from tests.engines.process import free_port

ADMIN = "admin"
MECHANISM = "SCRAM-SHA-512"


def secured(port: int, controller_port: int, files: Certificates) -> dict[str, str]:
    """What changes in server.properties.

    Clients are told of the secured listener alone. A broker checks the certificate that it shows to itself, and would
    not start with an expired one: it talks to itself on another listener.
    """
    listeners = {"SASL_SSL": port, "CONTROLLER": controller_port, "ITSELF": free_port()}
    return {
        "listeners": ",".join(f"{name}://127.0.0.1:{at}" for name, at in listeners.items()),
        "listener.security.protocol.map": "SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT,ITSELF:PLAINTEXT",
        "inter.broker.listener.name": "ITSELF",
        "sasl.enabled.mechanisms": MECHANISM,
        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config": (
            "org.apache.kafka.common.security.scram.ScramLoginModule required;"
        ),
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": str(files.chain),
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": f"User:{ADMIN};User:ANONYMOUS",
    }


def format_options(password: str) -> list[str]:
    """How the administrator comes to be known before the first start."""
    return ["--add-scram", f"{MECHANISM}=[name={ADMIN},password={password}]"]
