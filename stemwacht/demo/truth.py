"""What is true of the planted messages."""

import msgspec


class TruthRow(msgspec.Struct, frozen=True, kw_only=True):
    """One message that belongs to a planted group; messages that are not listed are by independent writers.

    `planted` says that the group is a campaign, `declared` that the campaign is in the registry; `control` says that
    the group only looks like one and must not be alerted. `umbrella` is the phrase bank the group draws on, `variant`
    what a member says where a group says opposite things.
    """

    id: str
    group: str
    kind: str
    planted: bool
    control: bool = False
    declared: bool = False
    umbrella: str | None = None
    variant: str | None = None


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The truth that the members of one group share."""

    name: str
    kind: str
    planted: bool = True
    declared: bool = False
    umbrella: str | None = None
    variant: str | None = None

    def row(self, message_id: str) -> TruthRow:
        """The truth about one member."""
        return TruthRow(
            id=message_id,
            group=self.name,
            kind=self.kind,
            planted=self.planted,
            control=not self.planted,
            declared=self.declared,
            umbrella=self.umbrella,
            variant=self.variant,
        )
