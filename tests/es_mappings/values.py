"""Any value of a type, made from the type alone."""

from datetime import UTC
from typing import Any

from hypothesis import strategies as st
from msgspec import inspect

TEXTS = st.text(max_size=30)


def any_of(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Any value of a struct type."""
    return _any(inspect.type_info(kind))


def _any(kind: inspect.Type) -> st.SearchStrategy[Any]:
    match kind:
        case inspect.StructType(cls=cls, fields=fields):
            return st.builds(cls, **{field.name: _any(field.type) for field in fields})
        case inspect.UnionType(types=types):
            return st.one_of([_any(one) for one in types])
        case inspect.LiteralType(values=values):
            return st.sampled_from(list(values))
        case inspect.VarTupleType(item_type=item):
            return st.lists(_any(item), max_size=1).map(tuple)
        case inspect.TupleType(item_types=items):
            return st.tuples(*map(_any, items))
        case _:
            return _PLAIN[type(kind)]


_PLAIN: dict[type[inspect.Type], st.SearchStrategy[Any]] = {
    inspect.NoneType: st.none(),
    inspect.BoolType: st.booleans(),
    inspect.StrType: TEXTS,
    inspect.IntType: st.integers(-(2**53), 2**53),
    inspect.FloatType: st.floats(allow_nan=False, allow_infinity=False),
    inspect.DateTimeType: st.datetimes(timezones=st.just(UTC)),
}


def structs_within(kind: inspect.Type) -> list[inspect.StructType]:
    """The struct types that a value of this type may be, or hold as items."""
    match kind:
        case inspect.StructType():
            return [kind]
        case inspect.UnionType(types=types) | inspect.TupleType(item_types=types):
            return [found for one in types for found in structs_within(one)]
        case inspect.VarTupleType(item_type=item):
            return structs_within(item)
        case _:
            return []
