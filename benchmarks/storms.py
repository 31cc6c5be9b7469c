"""Generated storms of any size: a business of many processes, each with its success and its failure."""

from anycompany.storm.model import Storm

VERBS = ("Requested", "Checked", "Approved", "Prepared", "Sent", "Received", "Confirmed", "Closed")
FIELDS = {
    "id": {"type": "string"},
    "amount": {"type": "number"},
    "holder": {"type": "string", "personal": True},
}


def generated(events: int, policies: int | None = None, contexts: int | None = None) -> Storm:
    """A storm of this many events, with policies (a fifth) and contexts (3 in 100) to go with them."""
    policies = policies or events // 5
    contexts = contexts or max(events * 3 // 100, 1)
    names = {f"thing-{i // 8}-{VERBS[i % 8].lower()}": f"Thing{i // 8} {VERBS[i % 8]}" for i in range(events)}
    ids = list(names)
    entities = {f"thing-{n}": ids[n * 8 : n * 8 + 8] for n in range((events + 7) // 8)}
    homes: dict[str, list[str]] = {}
    for number, entity in enumerate(entities):
        homes.setdefault(f"context-{number * contexts // len(entities)}", []).append(entity)
    heard = [ids[number * events // policies] for number in range(policies)]
    emitted = [
        ids[number * events // policies + 1 : (number + 1) * events // policies] for number in range(policies)
    ]
    return Storm.model_validate(
        {
            "name": "Generated",
            "events": {key: {"name": name} for key, name in names.items()},
            "timeline": ids,
            "triggers": {ids[0]: {"actor": "Somebody"}},
            "policies": {
                f"policy-{n}": {
                    "when": [heard[n]],
                    "does": ["Do the work"],
                    "emits": emitted[n][:-1],
                    "fails": emitted[n][-1:],
                }
                for n in range(policies)
            },
            "entities": entities,
            "contexts": {key: {"entities": members} for key, members in homes.items()},
            "services": {key.replace("context", "service"): {"context": key} for key in homes},
            "listeners": {"audit": {"for": "Audit", "hears": "all", "to": "log"}},
            "contracts": {
                key: {"fields": FIELDS, "example": {"id": "1", "amount": 1.5, "holder": "A. Customer"}}
                for key in ids
            },
        }
    )
