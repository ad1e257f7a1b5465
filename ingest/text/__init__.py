"""Text as it is read: without mark-up, quotes, signatures, names and addresses."""
