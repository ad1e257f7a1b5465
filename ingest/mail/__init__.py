"""Letters by mail: their headers, parts, charsets and attachments."""
