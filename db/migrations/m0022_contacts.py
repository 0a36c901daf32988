"""People 找人: contacts of the net are found by name, post, pinyin and digits of a phone, as are
officers and experts, whose phones may stand behind a long unit."""

from __future__ import annotations

import sqlite3

from db import search

TITLE = "trim(new.name||' '||new.post)"
WORDS = "new.name||' '||new.post||' '||new.phone"


def step(db: sqlite3.Connection) -> None:
    search.cover_names(db, "net_contact", TITLE, WORDS)
    title, words = (sql.replace("new.", "c.") for sql in (TITLE, WORDS))
    db.execute(f"""insert into find_name(rowid, kind, title, words, sounds)
        select c.id, 'net_contact', {title}, spaced({words}), sounds({title})||' '||sounds({words})
        from net_contact c""")
    for table, own in (("officer", "unit"), ("expert", "unit||' '||c.field")):
        db.execute(f"""update find_name set sounds = (select sounds(c.name)||' '||sounds(
            c.name||' '||c.{own}||' '||c.phone) from [{table}] c where c.id = find_name.rowid)
            where kind = '{table}'""")
