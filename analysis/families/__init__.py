"""Which messages say the same: copies, templates, rewordings, translations."""
