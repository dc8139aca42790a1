"""The verbs on grant agreements: open, record, register, review, decide, order, pay; never how anything is stored or shown."""
