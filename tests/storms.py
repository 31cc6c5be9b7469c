"""Storms that several tests use: the worked example, other domains, and one whose every text is hostile."""

from pathlib import Path

from hypothesis import strategies as st
from ruamel.yaml import YAML

from anycompany.storm.model import Storm

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "data" / "anycompany.storm.yaml"
DOMAINS = sorted((ROOT / "tests" / "domains").glob("*.storm.yaml"))
ALL = [EXAMPLE, *DOMAINS]

HOSTILE_TEXTS = [
    "<script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "\"quoted\" 'twice' `and` \\back\\slash\\",
    "line\none\r\ntwo\ttab",
    "${AWS::AccountId} ${BusName} !Ref Bus {{resolve:ssm:/secret}}",
    "{% $states.input %}",
    'digraph { a -> b } label="<b>x</b>" a:b:c \\N \\G',
    "שלום עולם حدث جديد",
    "\u202eright to left\u202c",
    "😀🎉",
    "Заказ создан",
    "注文が作成された",
    '=HYPERLINK("http://x")',
    "a: b # c [d] {e} | > & * ! % @",
    "x" * 5000,
    "\u0000\u0007\u001b[31mred",
    "on",
    "null",
    "2012-10-17",
]

hostile_names = st.one_of(
    st.sampled_from(HOSTILE_TEXTS), st.text(min_size=1, max_size=60).filter(lambda text: text.strip() != "")
)


def load(path: Path) -> Storm:
    """A storm straight from its file, as the tests of the pure rooms need it."""
    return Storm.model_validate(YAML(typ="safe").load(path))


def storm_of(names: list[str]) -> Storm:
    """A storm that runs from start to end, in which everything a person can name is called by these names."""

    def name(index: int) -> str:
        return names[index % len(names)]

    storm = Storm(name=name(0)).add_events([f"e{i}" for i in range(5)])
    for index, event in enumerate(list(storm.events)):
        storm = storm.rename_event(event, name(index)).place(event)
    first, second, third, fourth, fifth = storm.events
    storm = (
        storm.trigger(first, actor=name(1), command=name(2))
        .trigger(fifth, schedule="rate(1 day)", says=name(3))
        .add_policy(name(3), when=[first], does=[name(4), name(4)], emits=[second], fails=[third])
        .add_policy(name(5), when=[second, third], does=[name(6)], emits=[fourth])
        .add_policy(
            name(8),
            when=[fourth, fifth],
            does=[
                {"do": name(9), "run": name(10)},
                {
                    "do": name(1),
                    "parallel": [[name(4)], [{"do": name(5), "queue": "prints", "needs": [name(1)]}]],
                },
                {"do": name(2), "branch": [{"where": {"a": [{"prefix": name(2)}]}, "does": [name(3)]}]},
            ],
        )
        .add_entity(name(6), [first, second, third, fourth])
        .add_entity(name(7), [fifth])
        .add_listener(
            name(12), for_=name(13), hears="all", where={"amount": [{"prefix": name(2)}]}, to="topic"
        )
        .add_listener(name(14), for_=name(15), hears=[second], to="log")
        .add_listener(name(16), for_=name(13), hears=[third], to="queue")
        .add_contract(first, {name(1): {"type": "string", "personal": True}}, {name(1): name(2)})
        .add_contract(second, {name(1): {"type": "string"}, name(3): {"type": "number"}})
        .add_hotspot(name(4), about=first)
        .decide(name(5), because=name(6))
    )
    for index, entity in enumerate(list(storm.entities)):
        storm = storm.add_context(name(8 + index), [entity], owner=name(10))
    for index, context in enumerate(list(storm.contexts)):
        storm = storm.add_service(name(11 + index), context)
    return storm
