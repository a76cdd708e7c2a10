"""What a role or unit owes by when, from the norms alone: gathered from packs, written as iCalendar, CSV, a page or lines."""
