"""The text of a norm as a norm: its pages, headings, index, acronyms, activities, functions and citations, read from the located blocks."""
