"""Words of business and of technology that the checks on names go by; English, lower case."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ALWAYS_TECHNICAL_NOUNS = _set(
    "api endpoint http https webhook json xml sql database db button checkbox dropdown textbox popup cache "
    "lambda microservice cronjob url cookie backend frontend dom html css stacktrace"
)
ALWAYS_TECHNICAL_VERBS = _set(
    "upserted clicked serialized serialised deserialized deserialised parsed polled rendered compiled "
    "scrolled"
)
OFTEN_TECHNICAL_NOUNS = _set(
    "row record table column field page screen form file log message queue request response session token "
    "object link menu tab job entity event thread data"
)
OFTEN_TECHNICAL_VERBS = _set(
    "inserted updated deleted loaded written saved persisted flushed enqueued dequeued logged refreshed "
    "fetched queried committed submitted created"
)
ROWS = _set("row column")
"""Nouns that are technical with any of the verbs above, whatever stands before them."""

OUTCOMES: dict[str, str] = {
    "succeeded": "failed",
    "approved": "rejected",
    "accepted": "rejected",
    "granted": "refused",
    "authorised": "declined",
    "authorized": "declined",
    "verified": "failed",
    "validated": "failed",
    "passed": "failed",
    "upheld": "dismissed",
    "won": "lost",
}
"""Verbs that say a decision went well, and how the other outcome would be called."""

FAILURES = _set(
    "failed rejected declined refused denied dismissed disputed aborted bounced withheld lost missed not "
    "overruled vetoed voided unavailable"
)
"""Words that say a decision went badly."""

SYNONYMS: tuple[frozenset[str], ...] = tuple(
    _set(group)
    for group in (
        "customer client account user buyer shopper consumer purchaser",
        "order purchase",
        "booking reservation",
        "payment charge transaction",
        "product article sku",
        "invoice bill",
        "shipment consignment parcel",
        "employee staff worker",
        "supplier vendor",
        "courier driver rider",
        "refund reimbursement repayment",
        "basket cart",
        "film movie",
        "doctor physician",
        "lawyer attorney",
    )
)
"""Nouns that often mean one thing of the business."""

SAME_DEEDS: tuple[frozenset[str], ...] = tuple(
    _set(group)
    for group in (
        "cancel revoke",
        "change update modify amend",
        "remove delete",
        "send dispatch",
        "begin start initiate commence",
        "end finish",
    )
)
"""Verbs, in their base form, that often mean one deed."""
