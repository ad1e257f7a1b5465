"""Users and rights of a secured Kafka, and what its clients are configured with."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kafka.admin import (
    ACL,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    KafkaAdminClient,
    ResourcePattern,
    ResourceType,
    ScramMechanism,
    UserScramCredentialUpsertion,
)

from tests.engines.kafka_security import MECHANISM
from tests.engines.security import Access


def client(access: Access, user: str | None = None, password: str | None = None) -> dict[str, Any]:
    """The arguments of any client of kafka-python: the administrator's, unless another user is named."""
    if access.ca is None:
        return {"bootstrap_servers": access.address}
    return {
        "bootstrap_servers": access.address,
        "security_protocol": "SASL_SSL",
        "ssl_cafile": access.ca,
        "sasl_mechanism": MECHANISM,
        "sasl_plain_username": user or access.user,
        "sasl_plain_password": access.password if password is None else password,
    }


def add_user(access: Access, name: str, password: str) -> None:
    """A user who may do nothing yet; a known one gets a new password."""
    with _admin(access) as admin:
        change = UserScramCredentialUpsertion(name, ScramMechanism.SCRAM_SHA_512, password)
        error = admin.alter_user_scram_credentials([change])[name]
    if error:
        raise RuntimeError(f"Kafka did not take the user {name}: {error}")


def allow(access: Access, user: str, operation: str, kind: str, prefix: str) -> None:
    """Lets a user do an operation ("READ", "WRITE" ...) on all of a kind ("TOPIC", "GROUP") whose name starts so."""
    pattern = ResourcePattern(ResourceType[kind], prefix, ACLResourcePatternType.PREFIXED)
    with _admin(access) as admin:
        acl = ACL(f"User:{user}", "*", ACLOperation[operation], ACLPermissionType.ALLOW, pattern)
        failed = admin.create_acls([acl])["failed"]
    if failed:
        raise RuntimeError(f"Kafka did not take the right of {user}: {failed}")


@contextmanager
def _admin(access: Access) -> Iterator[KafkaAdminClient]:
    admin = KafkaAdminClient(**client(access))
    try:
        yield admin
    finally:
        admin.close()
