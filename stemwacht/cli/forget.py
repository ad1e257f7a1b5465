"""`stemwacht retention` and `stemwacht erase`: what is not kept any longer."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from stemwacht import wiring
from stemwacht.cli.app import ConfigOption, JsonFlag, app, print_json, settings_from
from stemwacht.cli.words import counted
from stemwacht.forgetting import Forgotten, erase, forget_old


@app.command("retention")
def retention_command(as_json: JsonFlag = False, config: ConfigOption = None) -> None:
    """Remove messages and alerts that are older than the privacy settings allow; run it daily."""
    settings = settings_from(config)
    store, log = wiring.open_store(settings), wiring.open_log(settings)
    try:
        _tell(forget_old(store, log, settings, datetime.now(UTC)), as_json=as_json)
    finally:
        store.close()
        log.close()


@app.command("erase")
def erase_command(
    message: Annotated[list[str] | None, typer.Option(help="id of a message, m_…; may be given again")] = None,
    handle: Annotated[list[str] | None, typer.Option(help="a sender's handle or name as the source has it")] = None,
    as_json: JsonFlag = False,
    config: ConfigOption = None,
) -> None:
    """Erase messages by id, or all of a sender who asks for it; `stemwacht watch --once` then renews families."""
    if not message and not handle:
        raise ValueError("nothing named to erase; give --message m_… or --handle NAME")
    settings = settings_from(config)
    pseudonyms = wiring.pseudonyms(settings)
    store, log = wiring.open_store(settings), wiring.open_log(settings)
    try:
        authors = [pseudonyms.of(name) for name in handle or []]
        _tell(erase(store, log, message_ids=message or [], authors=authors), as_json=as_json)
    finally:
        store.close()
        log.close()


def _tell(forgotten: Forgotten, *, as_json: bool) -> None:
    if as_json:
        print_json(forgotten)
        return
    typer.echo(
        f"Removed {counted(forgotten.messages, 'message', 'messages')}, "
        f"{counted(forgotten.wordings, 'wording', 'wordings')} with keys and vectors, "
        f"{counted(forgotten.alerts, 'alert', 'alerts')}, {counted(forgotten.waiting, 'record', 'records')} of the log."
    )
