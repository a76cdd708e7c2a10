"""Lists too long to be held whole, judged row by row.

The head of such a file goes the way of every document: it tells the type, the other fields and which column is which. Its rows are then
looked at a few thousand at a time. Quick tests of whole columns pass what is fine for sure; every cell they do not pass goes through the
same check kinds, both evaluators and the same sentences as in any other submission.
"""
