"""The page of the documentation that explains every clinical rule, from its data."""

import jinja2

from formcheck.prescription.programme_rules import programme_rules, sources


def render_programme_rules() -> str:
    """Return docs/programme-rules.md."""
    rules = list(programme_rules().values())
    used = sorted({key for rule in rules for key in rule.source})
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("formcheck.reports"),
        autoescape=False,  # Markdown, of texts that are our own
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    page = environment.get_template("programme_rules.md.j2")
    return page.render(rules=rules, sources=[(key, sources()[key]) for key in used])
