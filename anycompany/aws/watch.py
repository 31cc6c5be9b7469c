"""Put events on the bus, and watch what passes on it and what listeners hear.

The watcher is made of plain resources that are removed afterwards: a queue, a rule on the bus that lets only
the test events of one run through to it, and a subscription of the queue to every listener's topic. Queues
and log groups of listeners are looked into where they are.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from anycompany.aws.errors import AwsError, explaining
from anycompany.aws.listening import Ear, heard_in_log, heard_in_queue
from anycompany.aws.missing import MissingError, unless_missing
from anycompany.aws.session import Clients
from anycompany.bus.marker import MARKER, marked
from anycompany.storm.model import Storm

MOST_ENTRIES = 10
"""Entries in one PutEvents call (EventBridge quota)."""

_WATCHER = "anycompany-watch-"
_PROBES = 60
_KEPT_OUT_OF_SIGHT_SECONDS = 43_200


@dataclass(frozen=True)
class Sighting:
    """An event as EventBridge delivered it: on the bus, or to a listener (by id); at a time in seconds."""

    event: dict[str, Any]
    at: float
    listener: str = ""


def put(clients: Clients, storm: Storm, events: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """Put events on the bus of a storm.

    Parameters
    ----------
    clients : where the bus is.
    storm : the storm whose bus it is.
    events : each with ``source``, ``detail-type`` and ``detail`` (a dict), as EventBridge writes events.

    Returns
    -------
    tuple of str
        the ids that EventBridge gave them, in the same order.

    Raises
    ------
    AwsError
        if one of the three is missing, or EventBridge refuses an event; those before it, and others of its
        call, may be on the bus.
    """
    entries = [_entry(storm, number, event) for number, event in enumerate(events, 1)]
    ids: list[str] = []
    # PutEvents takes events for a bus that is not there, and drops them.
    with explaining("find the bus; is it deployed", storm.bus_name), suppress(MissingError), unless_missing():
        clients.client("events").describe_event_bus(Name=storm.bus_name)
    for start in range(0, len(entries), MOST_ENTRIES):
        batch = entries[start : start + MOST_ENTRIES]
        with explaining("put events on the bus", storm.bus_name):
            answer = clients.client("events").put_events(Entries=batch)
        for entry, result in zip(batch, answer["Entries"], strict=True):
            if "EventId" not in result:
                reason = f"{result.get('ErrorCode', '')}: {result.get('ErrorMessage', '')}".strip(": ")
                what = f"EventBridge refuses {entry['DetailType']!r} from {entry['Source']!r}: {reason}."
                raise AwsError(what, f"bus {storm.bus_name}", "Correct that event and send it again.")
            ids.append(result["EventId"])
    return tuple(ids)


def _entry(storm: Storm, number: int, event: dict[str, Any]) -> dict[str, Any]:
    for key, kind in (("source", str), ("detail-type", str), ("detail", dict)):
        if not isinstance(event, dict) or not isinstance(event.get(key), kind):
            expected = "a text" if kind is str else "an object"
            raise AwsError(
                f"Event {number} has no {key!r} that is {expected}.",
                "",
                'An event is {"source": …, "detail-type": …, "detail": {…}}. Nothing was sent.',
            )
    return {
        "EventBusName": storm.bus_name,
        "Source": event["source"],
        "DetailType": event["detail-type"],
        "Detail": json.dumps(event["detail"], ensure_ascii=False),
        "Resources": event.get("resources", []),
    }


class Watcher:
    """Sees the test events of one run; made by :func:`watching`.

    ``deaf`` are the listeners whose log or queue the endpoint lets nobody look into, with what it says.
    """

    def __init__(self, clients: Clients, run: str, queue: str, ears: Sequence[Ear], since: datetime) -> None:
        self._clients = clients
        self._run = run
        self._since = since
        self._queue = queue
        self.deaf: dict[str, str] = {}
        self._by_topic = {ear.where: ear.listener for ear in ears if ear.kind == "topic"}
        self._ears = [ear for ear in ears if ear.kind != "topic"]

    def see(self, wait_seconds: int) -> list[Sighting]:
        """What came by since the last look, on the bus and to topics; waits so long for a first event."""
        with explaining("look at what came by on the bus", self._queue):
            messages = (
                self._clients.client("sqs")
                .receive_message(
                    QueueUrl=self._queue,
                    MaxNumberOfMessages=10,
                    WaitTimeSeconds=wait_seconds,
                    MessageSystemAttributeNames=["SentTimestamp"],
                )
                .get("Messages", [])
            )
        return [self._sighting(message) for message in messages]

    def listen(self) -> list[Sighting]:
        """What is in the listeners' queues and log groups of this run, each time all of it."""
        found = []
        for ear in self._ears:
            if ear.listener in self.deaf:
                continue
            try:
                if ear.kind == "log":
                    events = heard_in_log(self._clients, ear.where, self._run, self._since)
                else:
                    events = heard_in_queue(self._clients, ear.where, self._run)
            except MissingError as error:
                self.deaf[ear.listener] = str(error)
                continue
            found += [Sighting(event, 0, ear.listener) for event in events]
        return found

    def _sighting(self, message: dict[str, Any]) -> Sighting:
        body, listener = json.loads(message["Body"]), ""
        if "TopicArn" in body:
            body, listener = json.loads(body["Message"]), self._by_topic.get(body["TopicArn"], "")
        sent = message.get("Attributes", {}).get("SentTimestamp")  # an emulator may not say it
        return Sighting(body, int(sent) / 1000 if sent else time.time(), listener)


@contextmanager
def watching(
    clients: Clients, storm: Storm, run: str, ears: Sequence[Ear], since: datetime
) -> Iterator[Watcher]:
    """Watch the test events of one run for as long as the block lasts, by resources that go with it.

    Parameters
    ----------
    clients : where the bus is.
    storm : the storm whose bus it is.
    run : what the ``trace`` of every test event's marker begins with; letters and digits.
    ears : the listeners to watch as well.
    since : when the run began, by AWS's clock or before.

    Raises
    ------
    AwsError
        if the resources cannot be made, or no event reaches them within a minute.
    """
    sqs, events, sns = (clients.client(service) for service in ("sqs", "events", "sns"))
    name, bus = f"{_WATCHER}{run}", storm.bus_name
    only_ours = {"detail": {MARKER: {"trace": [{"prefix": run}]}}}
    topics = [ear.where for ear in ears if ear.kind == "topic"]
    with explaining("watch the bus", bus), ExitStack() as cleaning:
        queue = sqs.create_queue(
            QueueName=name, Attributes={"VisibilityTimeout": str(_KEPT_OUT_OF_SIGHT_SECONDS)}
        )["QueueUrl"]
        cleaning.callback(sqs.delete_queue, QueueUrl=queue)
        arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        pattern = {"source": [{"prefix": ""}], **only_ours}
        rule = events.put_rule(Name=name, EventBusName=bus, EventPattern=json.dumps(pattern))["RuleArn"]
        cleaning.callback(events.delete_rule, Name=name, EventBusName=bus)
        policy = {"Policy": json.dumps(_may_write(arn, rule, topics))}
        sqs.set_queue_attributes(QueueUrl=queue, Attributes=policy)
        events.put_targets(Rule=name, EventBusName=bus, Targets=[{"Id": "watcher", "Arn": arn}])
        cleaning.callback(events.remove_targets, Rule=name, EventBusName=bus, Ids=["watcher"])
        for topic in topics:
            subscription = sns.subscribe(
                TopicArn=topic,
                Protocol="sqs",
                Endpoint=arn,
                ReturnSubscriptionArn=True,
                Attributes={"FilterPolicyScope": "MessageBody", "FilterPolicy": json.dumps(only_ours)},
            )
            cleaning.callback(sns.unsubscribe, SubscriptionArn=subscription["SubscriptionArn"])
        watcher = Watcher(clients, run, queue, ears, since)
        _wait_until_it_sees(clients, storm, watcher, run)
        yield watcher


def remove_forgotten_watchers(clients: Clients, bus: str) -> None:
    """Remove what a watcher left on a bus when its program was killed.

    Raises
    ------
    AwsError
        if AWS refuses.
    """
    events, sqs = clients.client("events"), clients.client("sqs")
    with explaining("remove forgotten watchers", f"bus {bus}"):
        try:
            rules = events.list_rules(EventBusName=bus, NamePrefix=_WATCHER)["Rules"]
        except events.exceptions.ResourceNotFoundException:
            return
        for rule in rules:
            place = {"Rule": rule["Name"], "EventBusName": bus}
            targets = events.list_targets_by_rule(**place)["Targets"]
            if targets:
                events.remove_targets(**place, Ids=[target["Id"] for target in targets])
            events.delete_rule(Name=rule["Name"], EventBusName=bus)
            try:  # the queue bears the rule's name
                sqs.delete_queue(QueueUrl=sqs.get_queue_url(QueueName=rule["Name"])["QueueUrl"])
            except sqs.exceptions.QueueDoesNotExist:
                continue


def _may_write(queue: str, rule: str, topics: Sequence[str]) -> dict[str, Any]:
    """The queue policy that lets in this rule and these topics."""
    writers = [("events.amazonaws.com", [rule])] + ([("sns.amazonaws.com", list(topics))] if topics else [])
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": service},
                "Action": "sqs:SendMessage",
                "Resource": queue,
                "Condition": {"ArnEquals": {"aws:SourceArn": arns}},
            }
            for service, arns in writers
        ],
    }


def _wait_until_it_sees(clients: Clients, storm: Storm, watcher: Watcher, run: str) -> None:
    """Put probes on the bus until one comes by: on AWS a new rule takes a while to work."""
    probe = {
        "source": "anycompany.watch",
        "detail-type": "anycompany-probe",
        "detail": marked({}, f"{run}-probe"),
    }
    for _ in range(_PROBES):
        put(clients, storm, [probe])
        if watcher.see(wait_seconds=1):
            return
    raise AwsError(
        "No event that was put on the bus reached the watcher's queue within a minute.",
        f"bus {storm.bus_name}",
        "Look whether the bus has a resource policy that keeps rules from working; then repeat.",
    )
