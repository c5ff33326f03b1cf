"""The page of the documentation that explains every clinical rule, from its data."""

from formcheck.prescription.programme_rules import programme_rules, sources
from formcheck.templating import environment


def render_programme_rules() -> str:
    """Return docs/programme-rules.md."""
    rules = list(programme_rules().values())
    used = sorted({key for rule in rules for key in rule.source})
    # Markdown, of texts that are our own
    templates = environment("formcheck.reports", autoescape=False)
    page = templates.get_template("programme_rules.md.j2")
    return page.render(rules=rules, sources=[(key, sources()[key]) for key in used])
