"""An Elasticsearch that wants TLS and a password; users, roles and API keys are made through its own API."""

import os
import subprocess
from pathlib import Path
from typing import Any

from tests.engines.certificates import Certificates
from tests.engines.elasticsearch_programs import environment, program
from tests.engines.process import EngineFailedError
from tests.engines.security import Access

ADMIN = "elastic"


def secured(files: Certificates) -> dict[str, str]:
    """What changes in elasticsearch.yml."""
    return {
        "xpack.security.enabled": "true",
        "xpack.security.http.ssl.enabled": "true",
        "xpack.security.http.ssl.key": str(files.key),
        "xpack.security.http.ssl.certificate": str(files.certificate),
        "xpack.security.authc.api_key.enabled": "true",
    }


def set_password(folder: Path, password: str) -> None:
    """Gives the administrator a password before the first start."""
    done = subprocess.run(
        [*program("elasticsearch-keystore"), "add", "--stdin", "--force", "bootstrap.password"],
        input=password,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, **environment(folder)},
    )
    if done.returncode:
        raise EngineFailedError(f"elasticsearch-keystore failed\n{done.stdout}{done.stderr}")


def client(access: Access, user: str | None = None, password: str | None = None) -> dict[str, Any]:
    """The arguments of an Elasticsearch client: the administrator's, unless another user is named."""
    if access.ca is None:
        return {"hosts": access.address}
    known = (user or access.user or ADMIN, password or access.password or "")
    return {"hosts": access.address, "ca_certs": access.ca, "basic_auth": known}
