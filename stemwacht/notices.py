"""Word of a task that failed, to whoever keeps the monitor running: to a web hook, by mail, and in the log.

It holds names of tasks and kinds of errors, never what an error quotes unless the error is one of ours: those are
written to be read by anyone. Only the standard library is imported, since schedulers load this often.
"""

import json
import logging
import os
import smtplib
import ssl
import urllib.request
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

ADDRESSES = "STEMWACHT_NOTICES"
_OURS = ("stemwacht", "alerts", "analysis", "ingest", "store")
_SECONDS = 10.0
_SMTP_PORT, _SMTPS_PORT = 587, 465
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Notice:
    """What failed: the task, its try, the kind of error, what to do where the error says so, and where its log is."""

    dag: str
    task: str
    run: str
    attempt: int
    error: str
    fix: str
    log: str

    @property
    def words(self) -> str:
        """The notice as a line."""
        said = f"{self.error}: {self.fix}" if self.fix else self.error
        where = f" Log: {self.log}" if self.log else ""
        return f"{self.dag}/{self.task} failed (run {self.run}, try {self.attempt}): {said}.{where}"


def on_failure(context: Mapping[str, Any]) -> None:
    """Tell of the task whose run ends here; a failing address is logged and keeps nobody else from hearing."""
    notice = _notice(context)
    _log.error("%s", notice.words)
    for address in os.environ.get(ADDRESSES, "").split():
        try:
            _send(notice, address)
        except (OSError, ValueError, smtplib.SMTPException) as error:
            # The address itself may hold a password or be one.
            place, reason = address.partition(":")[0], type(error).__name__
            _log.error("a notice could not be sent to the %s address of %s (%s)", place, ADDRESSES, reason)


def _notice(context: Mapping[str, Any]) -> Notice:
    task = context.get("task_instance") or context.get("ti")
    error = context.get("exception")
    return Notice(
        dag=str(getattr(task, "dag_id", "")),
        task=str(getattr(task, "task_id", "")),
        run=str(getattr(task, "run_id", "")),
        attempt=int(getattr(task, "try_number", 0) or 0),
        error=type(error).__name__ if isinstance(error, BaseException) else "ended from outside",
        fix=_fix(error),
        log=str(getattr(task, "log_url", "") or ""),
    )


def _fix(error: object) -> str:
    """An error of ours says what to do, and quotes no post; others may quote anything."""
    ours = isinstance(error, BaseException) and type(error).__module__.partition(".")[0] in _OURS
    return " ".join(str(error).split()) if ours else ""


def _send(notice: Notice, address: str) -> None:
    url = urlsplit(address)
    if url.scheme in ("http", "https"):
        _post(notice, address)
    elif url.scheme in ("smtp", "smtps"):
        _mail(notice, url)
    else:
        raise ValueError("an address starts with https://, http://, smtps:// or smtp://")


def _post(notice: Notice, address: str) -> None:
    body = json.dumps({"text": notice.words, **asdict(notice)}).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})  # noqa: S310
    urllib.request.urlopen(request, timeout=_SECONDS).close()  # noqa: S310 - the scheme was looked at


def _mail(notice: Notice, url: SplitResult) -> None:
    """`smtps://user:password@host:465?from=monitor@example.org&to=duty@example.org`; smtp:// turns to TLS if it can."""
    asked = parse_qs(url.query)
    mail = EmailMessage()
    mail["Subject"] = f"Stemwacht: {notice.dag}/{notice.task} failed"
    mail["To"] = ", ".join(asked["to"]) if "to" in asked else _missing("to")
    mail["From"] = asked["from"][0] if "from" in asked else asked["to"][0]
    mail.set_content(notice.words)
    with _connected(url) as server:
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        server.send_message(mail)


def _connected(url: SplitResult) -> smtplib.SMTP:
    host = url.hostname or _missing("the host")
    tls = ssl.create_default_context()
    if url.scheme == "smtps":
        return smtplib.SMTP_SSL(host, url.port or _SMTPS_PORT, timeout=_SECONDS, context=tls)
    server = smtplib.SMTP(host, url.port or _SMTP_PORT, timeout=_SECONDS)
    if server.has_extn("starttls") or (server.ehlo() and server.has_extn("starttls")):
        server.starttls(context=tls)
    elif url.password:
        raise ValueError("a password is not sent in the clear; use smtps://, or a server that offers STARTTLS")
    return server


def _missing(what: str) -> str:
    raise ValueError(f"the address of a mail names no {what}")
