"""The page in a real browser, whose camera plays rendered clips: run with `-m browser`."""
