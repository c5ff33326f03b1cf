"""Who did what and when: a chain in which every entry holds fast the one before it."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from formcheck.store.tables.base import Table


class AuditRow(Table):
    """One entry; see ``formcheck.store.audit``.

    Everything up to ``salt`` is empty where the person that it was about has been erased:
    ``erased_by`` is then the number of the entry that says so.
    """

    __tablename__ = "audit"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - as SQLAlchemy declares it

    number: Mapped[int] = mapped_column(primary_key=True)
    time: Mapped[datetime | None]
    who: Mapped[str | None]
    what: Mapped[str | None]
    subject: Mapped[str | None] = mapped_column(index=True)
    about: Mapped[str | None]
    digest: Mapped[str | None]
    salt: Mapped[str | None]
    entry_digest: Mapped[str]
    previous: Mapped[str]
    link: Mapped[str]
    erased_by: Mapped[int | None]
