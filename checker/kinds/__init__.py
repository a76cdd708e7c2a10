"""One module per check kind: its words, observation, condition and message, side by side.

A module gives ``Params`` (a strict msgspec struct: the words a rule may use), ``observe``, ``clauses`` and ``message``, with the
signatures of :class:`checker.kinds.protocol.Kind`.
"""
