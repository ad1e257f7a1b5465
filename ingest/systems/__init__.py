"""What the exports of one system have in common, whichever format they come in."""
