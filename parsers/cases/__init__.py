"""Case records to one located model: who did what, when, with which documents."""
