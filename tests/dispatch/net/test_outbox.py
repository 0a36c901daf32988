"""Messages over real servers: true states, limits, waits, and nobody sent twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backends.fail import Keyring as NoKeyring

from db.check import check
from db.clock import SystemClock
from db.errors import Refused, StoreError
from db.store import FILE_NAME, Store
from dispatch.log import entries
from dispatch.net import sending
from dispatch.net.answers import note_answer
from dispatch.net.board import recipients, share
from dispatch.net.channels import ChannelFacts, channel_of, put_channel, usable_channels
from dispatch.net.choosing import Choice
from dispatch.net.courier import Courier
from dispatch.net.outbox import claim, decide, recover, settle, try_again
from dispatch.net.sending import Outcome, hide, judge
from dispatch.net.terms import Answer, ChannelKind, SendState, Standing
from resources.net import Contact
from resources.people import SYSTEM
from tests.builders import a_store, clock_of
from tests.dispatch.net.builders import ADMIN, a_callout, a_channel, a_unit, fast, run, units
from tests.dispatch.net.servers import a_gateway, a_post_office, free_port


def standings(store: Store, callout_id: int) -> Counter[Standing]:
    return Counter(r.standing for r in recipients(store, callout_id))


def test_every_manner_of_a_gateway_ends_in_the_true_state(store: Store) -> None:
    fast(store, channel__timeout=1)
    units(store, 8)
    manners = {1: "ok", 2: "400", 3: "503", 4: "drop", 5: "slow", 6: "no", 7: "fast",
               8: "delivered"}
    with a_gateway() as gateway:
        gateway.manners = {f"000-{6000 + n}": m for n, m in manners.items()}
        of = a_callout(store, a_channel(store, gateway.url))
        courier = Courier(store)
        run(courier)
        courier.close()
        found = {r.place: r.messages[0] for r in recipients(store, of.id)}
    assert {n: m.state for n, m in found.items()} == {
        1: SendState.SENT, 2: SendState.REFUSED, 3: SendState.FAILED, 4: SendState.UNKNOWN,
        5: SendState.UNKNOWN, 6: SendState.REFUSED, 7: SendState.FAILED, 8: SendState.DELIVERED}
    assert found[3].tries == 3  # the first and one after each wait
    assert max(gateway.taken.values()) == 1
    assert gateway.seen[0]["header"] == gateway.seen[0]["key"].strip()
    assert {m["message"] for m in gateway.seen if m["phone"] == "000-6001"} == {
        "单位001请立即集结，收到请回复"}


def test_an_outage_is_waited_out_and_the_message_goes_once(store: Store) -> None:
    fast(store)
    a_unit(store, "一", Contact(mail="busy@example.cn"), duty_phone="")
    a_unit(store, "二", Contact(mail="two@example.cn"), duty_phone="")
    a_unit(store, "三", Contact(mail="no@example.cn"), duty_phone="")
    a_unit(store, "四", Contact(mail="cut@example.cn"), duty_phone="")
    port = free_port()
    of = a_callout(store, a_channel(store, f"127.0.0.1:{port}", ChannelKind.MAIL))
    courier = Courier(store)
    courier.pump()
    time.sleep(0.5)
    courier.pump()
    assert standings(store, of.id) == {Standing.QUEUED: 4}  # nobody listens yet
    with a_post_office(port) as (post, _address):
        run(courier)
        courier.close()
    found = {r.name: r.messages[0].state for r in recipients(store, of.id)}
    assert found == {"一": SendState.SENT, "二": SendState.SENT, "三": SendState.REFUSED,
                     "四": SendState.UNKNOWN}
    assert dict(post.taken) == {"busy@example.cn": 1, "two@example.cn": 1, "cut@example.cn": 1}


def test_five_hundred_over_two_servers_with_a_tenth_failing(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    fast(store)
    units(store, 420)
    for n in range(1, 81):
        name = f"{'no' if n % 10 == 0 else 'busy' if n % 10 == 5 else 'duty'}{n}@example.cn"
        a_unit(store, f"邮{n:03}", Contact(mail=name), duty_phone="")
    failing = {f"000-{6000 + n}" for n in range(10, 421, 10)}
    with a_gateway() as gateway, a_post_office() as (post, address):
        gateway.manners = dict.fromkeys(failing, "400")
        of = a_callout(store, a_channel(store, gateway.url),
                       a_channel(store, address, ChannelKind.MAIL))
        courier = Courier(store)
        run(courier)
        courier.close()
    known = {(r.contact.phone or r.contact.mail): r.standing
             for r in recipients(store, of.id) if r.contact}
    refused = failing | {f"no{n}@example.cn" for n in range(10, 81, 10)}
    assert {p for p, s in known.items() if s is Standing.FAILED} == refused
    assert sum(s is Standing.SENT for s in known.values()) == 450
    assert set(gateway.taken.values()) == {0, 1}
    assert set(post.taken.values()) == {1}
    assert sum(gateway.taken.values()) + sum(post.taken.values()) == 450
    assert check(store.path) == []
    store.close()


def test_killed_half_way_nobody_is_sent_twice(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    fast(store)
    units(store, 500)
    failing = {f"000-{6000 + n}" for n in range(10, 501, 10)}
    with a_gateway() as gateway:
        gateway.manners, gateway.wait = dict.fromkeys(failing, "400"), 0.01
        of = a_callout(store, a_channel(store, gateway.url))
        store.close()
        child = subprocess.Popen([sys.executable, "-m", "tests.dispatch.net.carrier",
                                  str(tmp_path)], cwd=Path.cwd())
        while len(gateway.seen) < 200:
            time.sleep(0.005)
            assert child.poll() is None
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        time.sleep(0.2)
        clock_of(store).set(SystemClock().now())  # the other program ran by the machine's clock
        again = Store.open(tmp_path / FILE_NAME, clock_of(store))
        courier = Courier(again)
        unsure = [r for r in recipients(again, of.id) if r.standing is Standing.UNKNOWN]
        assert 1 <= len(unsure) == courier.unknown <= 8
        run(courier)
        assert standings(again, of.id)[Standing.UNKNOWN] == len(unsure)  # none sent by itself
        for one in unsure:  # a person asks each of them whether it came
            assert one.contact is not None
            there = gateway.taken[one.contact.phone] > 0
            decide(again, one.id, got_out=there, by=ADMIN)
        run(courier)
        courier.close()
        known = {r.contact.phone: r.standing for r in recipients(again, of.id) if r.contact}
    assert max(gateway.taken.values()) == 1
    assert {p for p, s in known.items() if s is Standing.SENT} == {
        p for p, n in gateway.taken.items() if n}
    assert {p for p, s in known.items() if s is Standing.FAILED} == failing
    assert check(again.path) == []
    again.close()


def test_the_network_lost_half_way_leaves_exact_states(store: Store) -> None:
    fast(store, channel__retry=[60])
    units(store, 20)
    with a_gateway() as gateway:
        of = a_callout(store, a_channel(store, gateway.url))
        first = Courier(store, workers=2)
        while sum(gateway.taken.values()) < 6:
            first.pump()
            time.sleep(0.002)
    for _ in range(50):
        first.pump()
        time.sleep(0.01)
    first.close()
    sent = {r.contact.phone for r in recipients(store, of.id)
            if r.standing is Standing.SENT and r.contact}
    assert sent == set(+gateway.taken)
    assert recover(store) == 0
    assert standings(store, of.id) == {Standing.SENT: len(sent), Standing.QUEUED: 20 - len(sent)}


def test_limits_of_a_service_hold_also_after_a_restart(store: Store) -> None:
    units(store, 50)
    of = a_callout(store, a_channel(store, kind=ChannelKind.TEST, per_minute=20))
    taken = []
    for _ in range(4):
        parcels = claim(store, 100)
        settle(store, [(p, Outcome(SendState.SENT)) for p in parcels])
        taken.append(len(parcels))
        clock_of(store).move(timedelta(seconds=25))
    assert taken == [20, 0, 0, 20]
    assert standings(store, of.id)[Standing.SENT] == 40


def test_a_robot_names_many_in_one_message_and_dingtalk_takes_twenty_a_minute(
        store: Store) -> None:
    units(store, 450)
    channel = a_channel(store, kind=ChannelKind.DINGTALK)
    assert channel.limit == 20
    with pytest.raises(Refused, match="1 to 20"):
        a_channel(store, kind=ChannelKind.DINGTALK, name="更快", per_minute=21)
    of = a_callout(store, channel)
    parcels = claim(store, 100)
    assert len(parcels) == 20
    assert {len(p.rows) for p in parcels} == {20}
    assert parcels[0].letter.text.startswith("单位001, 单位002")
    assert claim(store, 100) == []
    settle(store, [(p, Outcome(SendState.FAILED, "send too fast", again=True))
                   for p in parcels[:1]])
    assert standings(store, of.id)[Standing.QUEUED] == 450


def test_what_was_answered_or_closed_does_not_go_out(store: Store) -> None:
    units(store, 3)
    of = a_callout(store, a_channel(store, kind=ChannelKind.TEST))
    first = recipients(store, of.id)[0]
    note_answer(store, first.id, Answer.ACKNOWLEDGED, by=ADMIN)
    parcels = claim(store, 10)
    assert len(parcels) == 2
    assert recipients(store, of.id)[0].messages[0].state is SendState.DROPPED


def test_silent_recipients_are_tried_at_the_next_number_once_each(store: Store) -> None:
    fast(store)
    a_unit(store, "石渠镇值班室", Contact("王立", "镇长", "000-7001"),
           Contact("李敏", "副镇长", "000-7002"), duty_phone="000-7000")
    with a_gateway() as gateway:
        of = a_callout(store, a_channel(store, gateway.url), minutes=5)
        courier = Courier(store)
        for _ in range(4):
            run(courier)
            clock_of(store).move(timedelta(minutes=5))
            courier.pump()
        run(courier)
        courier.close()
    assert [m["phone"] for m in gateway.seen] == ["000-7000", "000-7001", "000-7002"]
    row = recipients(store, of.id)[0]
    assert (row.step, row.next_at, row.contact and row.contact.name) == (2, None, "李敏")


def test_a_restored_backup_never_sends_what_lay_in_it(store: Store) -> None:
    units(store, 2)
    of = a_callout(store, a_channel(store, kind=ChannelKind.TEST))
    clock_of(store).move(timedelta(minutes=1))
    with store.change("store.restore", SYSTEM):
        pass
    assert recover(store) == 2
    assert claim(store, 10) == []
    row = recipients(store, of.id)[0]
    assert row.standing is Standing.UNKNOWN
    decide(store, row.id, got_out=False, by=ADMIN)
    assert len(claim(store, 10)) == 1
    assert "did not get out" in entries(store, limit=1)[0].text


def test_a_drill_sends_nothing(store: Store) -> None:
    units(store, 2)
    real = a_channel(store, "http://127.0.0.1:9/x")
    test = a_channel(store, kind=ChannelKind.TEST)
    of = a_callout(store, real, test)
    with store.change("test.drill", SYSTEM) as tx:
        tx.insert("setting", {"name": "drill", "value": "1"})
    assert usable_channels(store) == [test]
    with pytest.raises(Refused, match="drill"):
        a_callout(store, real)
    with pytest.raises(Refused, match="drill"):
        a_channel(store, "http://127.0.0.1:9/y", name="另一个")
    assert {p.channel.id for p in claim(store, 10)} == {test.id}
    states = {m.channel: m.state for m in recipients(store, of.id)[0].messages}
    assert states[real.name] is SendState.DROPPED


def test_secrets_are_in_the_keyring_and_nowhere_else(store: Store) -> None:
    secret = "robot-token-zebra SECsign-walrus"
    made = put_channel(store, ChannelFacts(name="钉钉", kind=ChannelKind.DINGTALK),
                       secret=secret, by=ADMIN)
    assert [v for (_s, u), v in keyring.get_keyring().kept.items()  # type: ignore[attr-defined]
            if u.endswith(str(made.id))] == [secret]
    store.db.execute("pragma wal_checkpoint(truncate)")
    kept = store.path.read_bytes()
    assert b"zebra" not in kept
    assert b"walrus" not in kept
    assert "zebra" not in hide("Max retries with url: /robot/send?access_token=robot-token-zebra",
                              secret)


def test_without_a_keyring_the_secret_is_refused_and_the_sheet_still_works(store: Store) -> None:
    keyring.set_keyring(NoKeyring())
    with pytest.raises(StoreError, match="keyring"):
        put_channel(store, ChannelFacts(name="钉钉", kind=ChannelKind.DINGTALK), secret="x",
                    by=ADMIN)
    assert store.value("select count(*) from net_channel") == 0
    units(store, 1)
    of = a_callout(store, a_channel(store, kind=ChannelKind.DINGTALK))
    courier = Courier(store)
    run(courier)
    courier.close()
    row = recipients(store, of.id)[0]
    assert row.standing is Standing.FAILED
    assert "keyring" in row.messages[0].says
    assert try_again(store, row.id, by=ADMIN) == 1
    with pytest.raises(Refused, match="known"):
        decide(store, row.id, got_out=True, by=ADMIN)
    note_answer(store, row.id, Answer.ACKNOWLEDGED, who="王立", by=ADMIN)
    assert share(recipients(store, of.id)).part == 1


@pytest.mark.parametrize(("address", "kind", "field"), [
    ("nowhere", ChannelKind.HOOK, "address"), ("", ChannelKind.SMS, "address"),
    ("mail server", ChannelKind.MAIL, "address")])
def test_bad_channels_are_refused(store: Store, address: str, kind: ChannelKind,
                                  field: str) -> None:
    with pytest.raises(Refused) as refused:
        a_channel(store, address, kind)
    assert refused.value.field == field


def test_a_message_to_no_address_is_not_queued(store: Store) -> None:
    a_unit(store, duty_phone="")
    of = a_callout(store, a_channel(store, kind=ChannelKind.TEST),
                   choice=Choice(keys=(("unit", store.value("select id from unit")),)))
    assert [r.standing for r in recipients(store, of.id)] == [Standing.BY_HAND]
    assert channel_of(store, of.channels[0]).kind is ChannelKind.TEST


@given(st.integers(200, 599), st.binary(max_size=60))
def test_only_what_surely_was_not_taken_is_tried_again(status: int, body: bytes) -> None:
    found = judge(taken=200 <= status < 300, status=status, body=body, broke=None)
    assert not (found.again and found.state is not SendState.FAILED)
    assert found.again == (status in (408, 425, 429, 500, 503) or (
        200 <= status < 300 and sending._said(body)[0] in sending.TOO_FAST))


@pytest.mark.parametrize(("broke", "state"), [
    (ConnectionRefusedError(111, "Connection refused"), SendState.FAILED),
    (TimeoutError("timed out"), SendState.UNKNOWN),
    (ConnectionResetError(104, "Connection reset by peer"), SendState.UNKNOWN)])
def test_a_line_that_breaks_leaves_a_doubt(broke: Exception, state: SendState) -> None:
    assert judge(taken=False, status=None, body=b"", broke=broke).state is state
