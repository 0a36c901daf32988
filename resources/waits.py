"""Waits 待办口径: for which reason a record waits, and the query that finds those that do."""

from __future__ import annotations

from enum import StrEnum

from db.words import mark
from resources.records import Library


class Wait(StrEnum):
    """Why a record waits."""

    STALE = "stale"          # 待核对
    EXPIRED = "expired"      # 已过期
    EXPIRING = "expiring"    # 将到期
    SHORT = "short"          # 低于下限
    OVER = "over"            # 超过上限
    INSPECT = "inspect"      # 待检修
    TEST = "test"            # 待年检
    INSURE = "insure"        # 保险到期
    FILE = "file"            # 预案待备案
    EVALUATE = "evaluate"    # 预案待评估
    BACK = "back"            # 借出应还
    AGREEMENT = "agreement"  # 协议到期
    SHARING = "sharing"      # 共用到期
    EXPERT = "expert"        # 聘期届满


WAIT_NAMES = {
    Wait.STALE: mark("wait|To be checked"), Wait.EXPIRED: mark("wait|Expired"),
    Wait.EXPIRING: mark("wait|Expiring"), Wait.SHORT: mark("wait|Below the minimum"),
    Wait.OVER: mark("wait|Over the maximum"), Wait.INSPECT: mark("wait|Inspection due"),
    Wait.TEST: mark("wait|Yearly test due"), Wait.INSURE: mark("wait|Insurance ends"),
    Wait.FILE: mark("wait|Plan to be filed"), Wait.EVALUATE: mark("wait|Plan to be evaluated"),
    Wait.BACK: mark("wait|Loan due back"), Wait.AGREEMENT: mark("wait|Agreement ends"),
    Wait.SHARING: mark("wait|Sharing ends"), Wait.EXPERT: mark("wait|Term of an expert ends"),
}

STALE = """select id, [{library}].name as name, owner, next_verify_due as due,
    verified_by as detail, '{library}' as library, id as record_id from [{library}]
    where active = 1 and next_verify_due < :day"""
STALE_LOTS = """select lot.id, s.name||' '||lot.batch as name, lot.owner,
    lot.next_verify_due as due, lot.verified_by as detail, 'supply' as library,
    lot.supply_id as record_id from lot left join supply s on s.id = lot.supply_id
    where lot.active = 1 and lot.next_verify_due < :day"""
LOTS = """select l.id, s.name||' '||l.batch as name, l.owner, l.expires_on as due,
    w.name as detail, 'supply' as library, l.supply_id as record_id from lot l
    left join supply s on s.id = l.supply_id left join warehouse w on w.id = l.warehouse_id
    where l.active = 1 and {bounds}
    and (select sum(quantity) from movement where lot_id = l.id) > 0"""
PIECES = """select id, name, owner, {due} as due, code as detail, 'equipment' as library,
    id as record_id from equipment where active = 1 and {due} <= :{until}
    and status <> 'scrapped'"""
FORCES = """select id, name, owner, insured_until as due, leader as detail, 'force' as library,
    id as record_id from force where active = 1 and insured_until <= :until"""
EVALUATE = """select id, name, owner, evaluate_due as due, version as detail,
    'plan' as library, id as record_id from plan where active = 1 and evaluate_due <= :until"""
LENT = """select m.id, s.name, m.receiver as owner, m.due_back as due, m.number as detail,
    'supply' as library, s.id as record_id from movement m left join lot l on l.id = m.lot_id
    left join supply s on s.id = l.supply_id where m.due_back <= :until
    and m.kind in ('lend', 'repair')
    and round(-m.quantity - coalesce((select sum(b.quantity) from movement b
        where b.pair_id = m.id), 0), 6) > 0"""
LOANS = """select l.id, e.name, l.borrower as owner, l.due_back as due, l.number as detail,
    'equipment' as library, e.id as record_id from equipment_loan l
    join equipment e on e.id = l.equipment_id where l.back_on is null and l.due_back <= :until"""
AGREEMENTS = """select id, company as name, owner, ends_on as due, goods as detail,
    'agreement' as library, id as record_id from agreement where active = 1
    and ends_on <= :until"""
SHARINGS = """select h.id, coalesce(e.name, s.name, '') as name, h.from_unit as owner,
    h.until as due, h.to_unit as detail, 'sharing' as library, h.id as record_id from sharing h
    left join equipment e on h.library = 'equipment' and e.id = h.row_id
    left join supply s on h.library = 'supply' and s.id = h.row_id
    where h.active = 1 and h.until <= :until"""
EXPERTS = """select id, name, unit as owner, hired_until as due, field as detail,
    'expert' as library, id as record_id from expert where active = 1 and hired_until <= :until"""

QUERIES: tuple[tuple[Wait, str, str], ...] = (
    *((Wait.STALE, str(one), STALE_LOTS if one is Library.LOT else STALE.format(library=one))
      for one in Library),
    (Wait.EXPIRED, "lot", LOTS.format(bounds="l.expires_on < :day")),
    (Wait.EXPIRING, "lot", LOTS.format(bounds="l.expires_on >= :day and l.expires_on < :soon")),
    (Wait.INSPECT, "equipment", PIECES.format(due="inspect_due", until="near")),
    (Wait.TEST, "equipment", PIECES.format(due="test_due", until="until")),
    (Wait.INSURE, "equipment", PIECES.format(due="insured_until", until="until")),
    (Wait.INSURE, "force", FORCES), (Wait.EVALUATE, "plan", EVALUATE),
    (Wait.BACK, "movement", LENT), (Wait.BACK, "equipment_loan", LOANS),
    (Wait.AGREEMENT, "agreement", AGREEMENTS), (Wait.SHARING, "sharing", SHARINGS),
    (Wait.EXPERT, "expert", EXPERTS))
"""Reason, table of the row, and its query by the days `day`, `near`, `soon` and `until`.

A query is also read through `count(*)` and `min(due)` alone, which its index answers.
"""

LEVELS = """with held as materialized (
        select lot_id, sum(quantity) as n from movement group by lot_id),
    left as materialized (select l.supply_id, sum(held.n) as n from held
        join lot l on l.id = held.lot_id where l.active = 1 group by l.supply_id)
    select s.id, s.name, s.owner, s.measure, s.min_stock, s.max_stock,
    round(coalesce(left.n, 0), 6) as there
    from supply s left join left on left.supply_id = s.id where s.active = 1
    and (coalesce(left.n, 0) < s.min_stock
        or (s.max_stock > 0 and round(coalesce(left.n, 0), 6) > s.max_stock))"""
"""Supplies below their minimum or over their maximum."""

UNFILED = """select id, name, owner, issued_on, filed_with from plan
    where active = 1 and filed_on is null and issued_on is not null order by issued_on"""

LEVEL_TABLES = ("supply", "lot", "movement")
RULED = ("rule", "setting")
FROM = {"lot": ("lot", "supply", "warehouse"), "movement": LEVEL_TABLES,
        "equipment_loan": ("equipment_loan", "equipment"),
        "sharing": ("sharing", "equipment", "supply")}
"""The tables that a query about a table is read from, if not only that one."""


def tables_of(wait: Wait, table: str) -> tuple[str, ...]:
    """What must be written before a query of this reason can answer otherwise."""
    moved = ("movement",) if wait in (Wait.EXPIRED, Wait.EXPIRING) else ()
    return (*FROM.get(table, (table,)), *moved, *RULED)
