"""Who may do what: reading charges, verbs, objects and citations against ``authority.yaml`` of a pack."""
