"""One module per file format; each turns a `Source` into the bytes of a document, the same bytes every time."""
