"""Case records to one located model: who did what, when, with which documents.

The doors are :func:`parsers.cases.read.read_cases`, :func:`parsers.cases.read.is_case_file` and
:func:`parsers.cases.recognise.is_case_record`; :func:`parsers.cases.write.to_yaml` writes a record for people to correct.
"""
