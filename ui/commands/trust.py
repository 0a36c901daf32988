"""Commands about trust: one's password, the whole district out and in, a report of a problem."""

from __future__ import annotations

import argparse
import getpass
import os
from pathlib import Path

from db.errors import Refused
from db.store import FILE_NAME
from db.words import t
from ui.commands.desk import Answer, asked_password, folder_of, officer, reading, writing
from ui.commands.keeping import go_back

NEW_PASSWORD = "WATCHDESK_NEW_PASSWORD"  # noqa: S105 - the variable's name


def password(args: argparse.Namespace) -> Answer:
    """Change one's own password, or reset somebody else's as an administrator."""
    from dispatch.duty.officers import change_password, officers, set_password

    with writing(args) as store:
        by = officer(store, args.officer)
        name = args.of or by.name
        whose = [o for o in officers(store) if o.name == name]
        if len(whose) != 1:
            raise Refused("There is no single officer named {name}. Give the name as it stands"
                          " on the roster.", name=name)
        new = os.environ.get(NEW_PASSWORD) or getpass.getpass(t("New password: "))
        if whose[0].id == by.id:
            present = asked_password(by.name) if store.value(
                "select password_hash <> '' from officer where id = :id", id=by.id) else ""
            change_password(store, present, new, by=by)
        else:
            set_password(store, whose[0].id, new, by=by)
    return Answer((t("The password of {name} is set; the record says by whom.", name=name),),
                  {"officer": name, "by": by.name})


def export_district(args: argparse.Namespace) -> Answer:
    """The whole district as one file."""
    from dispatch.district_file import export_district as export
    from dispatch.district_file import note_export

    target: Path = args.file.absolute()
    with writing(args) as store:
        note_export(store, target, by=officer(store, args.officer))
        parts = export(store, target)
    return Answer((t("Written: {path}", path=target),), {"path": target, "parts": parts})


def import_district(args: argparse.Namespace) -> Answer:
    """A whole district from one file; a present store is kept aside."""
    folder: Path = folder_of(args)
    if not args.file.is_file():
        raise Refused("There is no file {path}.", path=args.file)
    changes = go_back(args.file, folder, args.officer)
    with reading(args) as store:
        name = store.value("select value from setting where name = 'district_name'")
    return Answer((t("District {name} stands in {folder}.", name=name, folder=folder),),
                  {"folder": folder, "district": name, "changes": changes})


def report_problem(args: argparse.Namespace) -> Answer:
    """A bundle for whoever looks after the program, without personal data."""
    from ui.bundle import write_bundle

    target: Path = args.out.absolute()
    write_bundle(folder_of(args) / FILE_NAME, target)
    return Answer((t("Written: {path}", path=target),), {"path": target})
