"""Document + packs → document type and fields, each with its state and place."""
